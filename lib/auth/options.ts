import "server-only";
import { nanoid } from "nanoid";
import type { AuthOptions, Profile } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import type { Accounts } from "../accounts/port";
import { logEvent } from "../api/log";
import { Refusal, retryAfterSeconds } from "../api/errors";
import type { ServerEnv } from "../env/server";
import { count } from "../observe/metrics";
import { newSessionId } from "./cookies";
import { checkCredentials } from "./credentials";
import { normaliseEmail } from "./email";
import { endSession } from "./end-session";
import type { SignInError } from "./error-codes";
import { nameFromProvider } from "./name";
import { oauthProviders } from "./providers";
import { sameOriginPath } from "./return-to";

/** What one request to NextAuth knows about its visitor, and what it learnt. */
export interface AuthRequest {
  accounts: Accounts;
  env: ServerEnv;
  address: string;
  device: string;
  now: number;
  /** The stored hash that the password of this sign-in was compared with. */
  provenHash?: string | null;
  /** Trouble inside an event or callback, which NextAuth would swallow. */
  trouble?: unknown;
}

/**
 * NextAuth's options for one request. The cookie's JWT holds `sub` and `sid` and nothing else; what
 * it means is in the session's row.
 */
export function authOptions(request: AuthRequest): AuthOptions {
  const { env } = request;
  return {
    secret: env.secret,
    useSecureCookies: env.https,
    session: { strategy: "jwt", maxAge: env.sessionSeconds },
    jwt: { maxAge: env.sessionSeconds },
    pages: {
      signIn: "/sign-in",
      error: "/sign-in",
      signOut: "/settings",
      verifyRequest: "/sign-in",
    },
    logger: {
      // The second argument may hold a profile, tokens or what was typed.
      error: (code) => logEvent("next_auth_error", { code: closedCode(code) }),
      warn: (code) => logEvent("next_auth_warning", { code: closedCode(code) }),
      debug: () => undefined,
    },
    providers: [passwordProvider(request), ...oauthProviders(env)],
    callbacks: {
      redirect: ({ url, baseUrl }) => `${baseUrl}${sameOriginPath(url, baseUrl) ?? "/rooms"}`,
      signIn: async ({ user, account, profile }) => {
        if (account?.type === "credentials") return true;
        if (!account) return false;
        const person = await personOf(request, account, profile);
        if (typeof person === "string") return `/sign-in?error=${person}`;
        user.id = person.id;
        return true;
      },
      jwt: async ({ token, user }) => {
        if (!user) return token;
        const sid = newSessionId();
        const { accounts, device, now } = request;
        const expiresAt = now + env.sessionSeconds * 1000;
        const session = { id: sid, userId: user.id, createdAt: now, expiresAt, device };
        const created = await accounts.sessions.create(session, request.provenHash);
        // Disabled, deleted, or another password since this sign-in began.
        if (!created) throw new Refusal("signed_out");
        count("guestlist_sign_ins_total", { outcome: "ok" });
        logEvent("sign_in", { user: user.id });
        return { sub: user.id, sid };
      },
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token?.sid !== "string") return;
        try {
          await endSession(request.accounts, token.sid, "signed_out", request.now);
          logEvent("sign_out", { user: String(token.sub) });
        } catch (error) {
          request.trouble = error;
        }
      },
    },
  };
}

function passwordProvider(request: AuthRequest) {
  return CredentialsProvider({
    id: "credentials",
    name: "Email and password",
    credentials: { email: { type: "email" }, password: { type: "password" } },
    async authorize(given) {
      const verdict = await checkCredentials(
        { email: given?.email, password: given?.password },
        { ...request, failures: request.env.limits.signInFailures },
      ).catch((error: unknown) => {
        request.trouble = error;
        count("guestlist_sign_ins_total", { outcome: "unavailable" });
        throw new Error("unavailable");
      });
      if (verdict.ok) {
        request.provenHash = verdict.person.passwordHash;
        return { id: verdict.person.id };
      }
      count("guestlist_sign_ins_total", { outcome: verdict.code });
      logEvent("sign_in_failed", { code: verdict.code });
      if (verdict.code === "invalid_credentials") return null;
      throw new Error(`throttled:${retryAfterSeconds(verdict.waitMs)}`);
    },
  });
}

/** The person behind a provider's account; an address that is in use is not taken over. */
async function personOf(
  { accounts, now }: AuthRequest,
  account: { provider: string; providerAccountId: string },
  profile: Profile | undefined,
): Promise<{ id: string } | SignInError> {
  const given = (profile ?? {}) as Record<string, unknown>;
  const email = normaliseEmail(given.email);
  // GitHub's address was chosen from the verified ones (providers.ts); Google says so itself.
  const verified = account.provider === "github" || given.email_verified === true;
  if (!email || !verified) return "AccessDenied";
  const picture = given.picture ?? given.avatar_url;
  const person = await accounts.people.byProvider(
    { provider: account.provider, providerId: account.providerAccountId },
    {
      id: nanoid(),
      email,
      name: nameFromProvider([given.name, given.login], email),
      picture: typeof picture === "string" && picture.startsWith("https://") ? picture : null,
      createdAt: now,
    },
  );
  if (person === "email_taken") return "OAuthAccountNotLinked";
  return person.disabledAt === null ? person : "AccessDenied";
}

const closedCode = (code: unknown): string =>
  typeof code === "string" && /^[A-Z_]{1,60}$/.test(code) ? code : "OTHER";
