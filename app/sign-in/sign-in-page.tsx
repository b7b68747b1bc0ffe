import Link from "next/link";
import { configuredProviders } from "@/lib/auth/session";
import { AuthPage } from "@/components/auth/auth-page";
import { ProviderButtons } from "@/components/auth/provider-buttons";
import { SignInForm } from "@/components/auth/sign-in-form";
import { pathWithReturn } from "@/components/auth/return-links";

/** The sign-in, for `/` and `/sign-in`. `returnTo` is a path on our own origin, checked. */
export function SignInPage({ returnTo, error }: { returnTo: string; error?: string | undefined }) {
  return (
    <AuthPage
      title="You’re on the list."
      lead={
        returnTo === "/rooms"
          ? "Sign in once, and stay in the room all evening."
          : "Sign in, and you’ll be back where you were going."
      }
      foot={
        <p>
          New here?{" "}
          <Link
            href={pathWithReturn("/sign-up", returnTo)}
            className="inline-block py-1 font-medium text-accent-ink underline underline-offset-2"
          >
            Make an account
          </Link>
        </p>
      }
    >
      <SignInForm returnTo={returnTo} error={error} />
      <ProviderButtons providers={configuredProviders()} returnTo={returnTo} />
    </AuthPage>
  );
}
