import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";

/** No name server knows names under this one (RFC 6761). */
export const unknownHost = "nowhere.invalid";

/**
 * A server on localhost whose certificate nobody signed but itself. `asked` counts the requests that
 * got through to it.
 * @param {import("node:http").RequestListener} answer
 */
export async function selfSigned(answer) {
  const { key, cert } = certificate();
  let asked = 0;
  const server = createServer({ key, cert }, (request, response) => {
    asked++;
    answer(request, response);
  });
  await new Promise((resolve) => server.listen(0, "localhost", resolve));
  return {
    port: server.address().port,
    server,
    asked: () => asked,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  };
}

/** Node makes no certificates itself; openssl comes with git on every system. */
function certificate() {
  const folder = mkdtempSync(path.join(tmpdir(), "guestlist-tls-"));
  const [key, cert] = ["key", "cert"].map((name) => path.join(folder, name));
  try {
    execFileSync(
      "openssl",
      [
        ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
        ...["-keyout", key, "-out", cert, "-days", "1", "-subj", "/CN=localhost"],
      ],
      { stdio: "pipe" },
    );
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
