"use client";

import { useEffect, useRef } from "react";
import type { Provider } from "../auth/provider-buttons";
import { ProviderButtons } from "../auth/provider-buttons";
import { SignInForm } from "../auth/sign-in-form";

/** What the dialog over a room holds; fetched when it is first needed. */
export function SignInHere({
  email,
  providers,
  returnTo,
  onSignedIn,
}: {
  email: string;
  providers: Provider[];
  returnTo: string;
  onSignedIn: () => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(
    () => box.current?.querySelector<HTMLInputElement>("input:not([readonly])")?.focus(),
    [],
  );
  return (
    <div ref={box} className="grid gap-4">
      <SignInForm person={email} onSignedIn={onSignedIn} />
      <ProviderButtons providers={providers} returnTo={returnTo} />
    </div>
  );
}
