import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { sameOriginPath } from "@/lib/auth/return-to";
import { getUser } from "@/lib/auth/session";
import { serverEnv } from "@/lib/env/server";
import { providerError } from "@/components/auth/provider-errors";
import { SignInPage } from "./sign-in-page";

export const metadata: Metadata = { title: "Sign in" };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function Page({ searchParams }: { searchParams: Search }) {
  const { callbackUrl, error } = await searchParams;
  const returnTo = sameOriginPath(callbackUrl, serverEnv().origin) ?? "/rooms";
  if (await getUser()) redirect(returnTo);
  return <SignInPage returnTo={returnTo} error={providerError(error)} />;
}
