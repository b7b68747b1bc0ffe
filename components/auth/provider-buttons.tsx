"use client";

import { useState } from "react";
import { signInWith } from "@/lib/client/account";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import { useHydrated } from "../ui/use-hydrated";

export interface Provider {
  id: "github" | "google";
  name: string;
}

/** Sign-in through other houses; draws nothing where none is configured. */
export function ProviderButtons({
  providers,
  returnTo,
}: {
  providers: Provider[];
  returnTo: string;
}) {
  const hydrated = useHydrated();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  if (providers.length === 0) return null;

  async function start({ id, name }: Provider) {
    setBusy(true);
    setFailed(null);
    if (await signInWith(id, returnTo)) return;
    setBusy(false);
    setFailed(`${name} cannot be reached just now. Try again, or use your password.`);
  }

  return (
    <div className="grid gap-3">
      <p className="flex items-center gap-3 text-small text-quiet before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        or
      </p>
      {providers.map((provider) => (
        <Button key={provider.id} disabled={!hydrated || busy} onClick={() => void start(provider)}>
          Continue with {provider.name}
        </Button>
      ))}
      {failed && (
        <Notice look="danger" role="alert">
          {failed}
        </Notice>
      )}
    </div>
  );
}
