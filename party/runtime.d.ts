/** The part of Node's crypto that workerd offers under `nodejs_compat` and that lib/env uses. */
declare module "node:crypto" {
  export function createHash(algorithm: "sha256"): {
    update(text: string): { digest(encoding: "hex"): string };
  };
}
