import { randomBytes } from "node:crypto";
import { ask } from "./ask.mjs";

/** What a browser would do: keeps cookies, says where it comes from. Nothing of it is ever printed. */
export function visitor(app) {
  const jar = new Map();
  const headers = () => ({
    origin: app,
    "sec-fetch-site": "same-origin",
    "user-agent": "guestlist-doctor",
    ...(jar.size > 0 && { cookie: [...jar].map((pair) => pair.join("=")).join("; ") }),
  });
  return {
    /** The `Set-Cookie` lines of the last answer that had some. */
    lastSet: [],
    /** Forgets nothing: the next answers do not change the cookies any more. */
    frozen: false,
    async request(path, init = {}) {
      const answer = await ask(`${app}${path}`, {
        ...init,
        headers: { ...headers(), ...init.headers },
      });
      const lines = answer.headers.getSetCookie();
      if (lines.length > 0) this.lastSet = lines;
      if (!this.frozen) for (const line of lines) keep(jar, line);
      return answer;
    },
    post(path, json) {
      return this.request(path, { method: "POST", json });
    },
    async form(path, fields) {
      const { body } = await this.request("/api/auth/csrf");
      const form = { csrfToken: String(body?.csrfToken), json: "true", ...fields };
      return this.request(path, { method: "POST", form });
    },
  };
}

function keep(jar, line) {
  const [pair = ""] = line.split(";");
  const at = pair.indexOf("=");
  const [name, value] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  if (value === "" || /max-age=0/i.test(line)) jar.delete(name);
  else jar.set(name, value);
}

const SESSION_COOKIE = /^(__Secure-)?next-auth\.session-token=[^;]/;

/** Signs a visitor in; `line` is the `Set-Cookie` line of the session, if there is one. */
export async function signIn(person, { email, password }) {
  const { status } = await person.form("/api/auth/callback/credentials", { email, password });
  return { status, line: person.lastSet.find((text) => SESSION_COOKIE.test(text)) };
}

/** Nobody: an address that no mail can reach (RFC 2606), a password nobody knows. */
export function throwAway() {
  const name = randomBytes(6).toString("hex");
  return {
    name: "Doctor",
    email: `doctor-${name}@guestlist.invalid`,
    password: randomBytes(24).toString("base64url"),
  };
}
