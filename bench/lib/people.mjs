/** People of a stack, as their browsers would speak for them: real accounts, real sessions. */
const PASSWORD = "quiet lantern on the stairs";
const AT_ONCE = 4;
let serial = 0;

/** Does `work` for each item, a few at a time, in order of the results. */
export async function each(items, work, atOnce = AT_ONCE) {
  const results = [];
  let next = 0;
  const one = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index], index);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return results;
}

async function must(what, response, status) {
  if (response.status === status) return response;
  throw new Error(`${what}: ${response.status} ${await response.text()}`);
}

/** Makes an account nobody has used. */
export async function signUp(url) {
  const email = `bench-${process.pid}-${++serial}@example.com`;
  const account = { name: `Bench ${serial}`, email, password: PASSWORD };
  const response = await fetch(`${url}/api/sign-up`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify(account),
  });
  await must("sign-up", response, 201);
  return account;
}

const cookiesOf = (response) => response.headers.getSetCookie().map((line) => line.split(";")[0]);

/**
 * Signs in over NextAuth's own routes. Each call is another login session: another device.
 * `request(path, {method, json, form})` then speaks for it.
 */
export async function signIn(url, { email, password = PASSWORD }) {
  const csrf = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = await csrf.json();
  const before = cookiesOf(csrf);
  const response = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    headers: { origin: url, cookie: before.join("; ") },
    body: new URLSearchParams({ csrfToken, email, password, json: "true" }),
  });
  await must("sign-in", response, 200);
  const cookie = [...before, ...cookiesOf(response)].join("; ");
  const headers = { cookie, origin: url, "sec-fetch-site": "same-origin" };
  return {
    headers,
    request: (path, { method = "GET", json, form } = {}) =>
      fetch(`${url}${path}`, {
        method,
        headers: { ...headers, ...(json && { "content-type": "application/json" }) },
        ...(json && { body: JSON.stringify(json) }),
        ...(form && { body: new URLSearchParams({ csrfToken, json: "true", ...form }) }),
      }),
  };
}
