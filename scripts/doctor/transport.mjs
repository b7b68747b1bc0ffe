import tls from "node:tls";
import { ask, TIMEOUT_MS, troubleOf } from "./ask.mjs";
import { Ill, must } from "./ill.mjs";
import { isLoopback } from "./places.mjs";

const DAY_MS = 86_400_000;
/** Hosts renew on their own at thirty; what is left at fourteen was forgotten. */
const MIN_DAYS = 14;

/** What a certificate is worth: `{figure}`, or `Ill`. Pure. */
export function judgeCertificate({ validTo, protocol, name }, now) {
  const days = Math.floor((Date.parse(validTo) - now) / DAY_MS);
  must(!Number.isNaN(days), "its certificate says no end", `Give ${name} another certificate.`);
  const figure = `${protocol}, ${days} days left`;
  must(days >= MIN_DAYS, figure, `Renew the certificate of ${name}: who renews it has not.`);
  must(/^TLSv1\.[23]$/.test(protocol), figure, `Turn off ${protocol} for ${name}.`);
  return figure;
}

/** Shakes hands and looks at the certificate; one that does not hold for the name is `Ill`. */
function certificateOf(url) {
  const { hostname, port } = url;
  const host = hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve, reject) => {
    const options = { host, port: Number(port || 443), servername: host, timeout: TIMEOUT_MS };
    const socket = tls.connect(options, () => {
      const { valid_to: validTo } = socket.getPeerCertificate();
      const protocol = socket.getProtocol() ?? "unknown";
      socket.destroy();
      resolve({ validTo, protocol, name: hostname });
    });
    const fail = (error) => {
      socket.destroy();
      const remedy = `Give ${hostname} a certificate that browsers trust, and let it speak TLS there.`;
      reject(new Ill(troubleOf(error), remedy));
    };
    socket.once("error", fail);
    socket.once("timeout", () => fail({ code: "ETIMEDOUT" }));
  });
}

const transport = (side, addressOf) => async (ward) => {
  const url = new URL(addressOf(ward));
  if (url.protocol === "https:") return judgeCertificate(await certificateOf(url), Date.now());
  must(
    isLoopback(url.hostname),
    "plain http",
    `Serve the ${side} over https: tokens and cookies go over this line.`,
  );
  return "plain, on this machine";
};

export const transportChecks = [
  { name: "app: transport", run: transport("app", ({ app }) => app) },
  { name: "party: transport", run: transport("party", ({ party }) => party.http) },
  {
    name: "app: plain http leads to https",
    after: ["app: transport"],
    async run({ app }) {
      const url = new URL(app);
      if (url.protocol === "http:" || url.port) return "no plain http to look at";
      const plain = await ask(`http://${url.hostname}/`).catch(() => null);
      if (!plain) return "nothing on port 80";
      const to = plain.headers.get("location") ?? "";
      must(
        plain.status >= 300 && plain.status < 400 && to.startsWith(`${app}/`),
        `http answers ${plain.status}`,
        "Let the host send plain http to https (Vercel does it by itself).",
      );
      return `${plain.status}`;
    },
  },
];
