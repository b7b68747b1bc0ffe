import type { SwitchResult } from "@/lib/client/admin";

export const ADMIN_REFUSED: Record<Extract<SwitchResult, { ok: false }>["code"], string> = {
  conflict: "You cannot disable yourself: you may be the last admin.",
  forbidden: "You are no admin any more. Nothing was changed.",
  not_found: "This account is gone. Nothing was changed.",
  signed_out: "You’re signed out. Nothing was changed; sign in again, then repeat this.",
  unavailable: "The app did not answer. Nothing may have changed; look again, then repeat this.",
};

export type Act = "disable" | "enable" | "end";

/** What an admin is asked before it is done, and told after. `ended`: login sessions. */
export const ACTS: Record<
  Act,
  {
    button: string;
    title: (name: string) => string;
    what: string;
    done: (name: string, ended: number) => string;
  }
> = {
  disable: {
    button: "Disable",
    title: (name) => `Disable ${name}?`,
    what: "They are signed out everywhere and out of every room at once, and cannot sign in until somebody enables them. What they said stays.",
    done: (name) => `${name} is disabled.`,
  },
  enable: {
    button: "Enable",
    title: (name) => `Enable ${name}?`,
    what: "They can sign in again, with the password and the rooms they had.",
    done: (name) => `${name} may sign in again.`,
  },
  end: {
    button: "End sessions",
    title: (name) => `End all sign-ins of ${name}?`,
    what: "They are signed out everywhere and out of every room at once. They may sign in again.",
    done: (name, ended) =>
      ended === 0
        ? `${name} was signed in nowhere.`
        : `${name} is signed out: ${ended === 1 ? "1 sign-in" : `${ended} sign-ins`} ended.`,
  },
};
