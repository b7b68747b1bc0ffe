import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { sameOriginPath } from "@/lib/auth/return-to";
import { configuredProviders, getUser } from "@/lib/auth/session";
import { serverEnv } from "@/lib/env/server";
import { AuthPage } from "@/components/auth/auth-page";
import { ProviderButtons } from "@/components/auth/provider-buttons";
import { pathWithReturn } from "@/components/auth/return-links";
import { SignUpForm } from "@/components/auth/sign-up-form";

export const metadata: Metadata = { title: "Make an account" };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function Page({ searchParams }: { searchParams: Search }) {
  const { callbackUrl } = await searchParams;
  const returnTo = sameOriginPath(callbackUrl, serverEnv().origin) ?? "/rooms";
  if (await getUser()) redirect(returnTo);
  const signInHref = pathWithReturn("/sign-in", returnTo);
  return (
    <AuthPage
      title="Get on the list."
      lead="One account for every room."
      foot={
        <p>
          Here before?{" "}
          <Link
            href={signInHref}
            className="inline-block py-1 font-medium text-accent-ink underline underline-offset-2"
          >
            Sign in
          </Link>
        </p>
      }
    >
      <SignUpForm returnTo={returnTo} signInHref={signInHref} />
      <ProviderButtons providers={configuredProviders()} returnTo={returnTo} />
    </AuthPage>
  );
}
