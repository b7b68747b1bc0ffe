import { existsSync } from "node:fs";
import path from "node:path";
import { readEnvFile } from "../lib/env-file.mjs";
import { Stop } from "../lib/say.mjs";
import { checkApp } from "./check.mjs";
import { SECRETS } from "./values.mjs";

/**
 * What Vercel is to give to previews of the app, checked: as a production would be, and sharing
 * nothing with it. Their own address is not known yet; each takes that of its branch.
 * @throws Stop
 */
export async function previewValues({ app, party }, folder) {
  const file = path.join(folder, "preview.env");
  if (!existsSync(file)) throw new Stop(`There is no ${file}: npm run keys preview makes it.`);
  const values = readEnvFile(file);
  if (values.NEXTAUTH_URL)
    throw new Stop("NEXTAUTH_URL is set in preview.env: each preview has its own.");
  await checkApp({ ...values, NEXTAUTH_URL: "https://preview.example.com" });
  for (const name of [...SECRETS, "DATABASE_URL"]) {
    if (values[name] && values[name] === app[name]) {
      throw new Stop(
        `${name} of previews is that of the app: a preview runs what nobody has reviewed.`,
      );
    }
  }
  const { kid } = JSON.parse(values.PARTY_TOKEN_PRIVATE_JWK);
  if (!party.PARTY_PREVIEW_JWKS?.includes(kid) || !party.APP_ORIGINS.includes("*")) {
    throw new Stop(
      "The party does not know previews yet: give party.env PARTY_PREVIEW_JWKS (npm run keys preview prints it) and APP_ORIGINS a pattern, then --only party.",
    );
  }
  return values;
}
