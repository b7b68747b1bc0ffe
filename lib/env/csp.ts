import { partyOrigins } from "../protocol/address";

export interface CspInput {
  nonce: string;
  partyHost: string;
  /** Providers whose sign-in a form of ours may be redirected to. */
  formTargets: string[];
  /** Where those providers keep the pictures of their people. */
  pictureSources: string[];
  https: boolean;
  /** Hot reload evaluates code and sets styles without a nonce. */
  development: boolean;
}

/**
 * The Content-Security-Policy of a page (CSP level 3). Scripts run by nonce only; style elements
 * too, while style attributes stay allowed: React writes them into the HTML it renders on the server.
 */
export function contentSecurityPolicy(input: CspInput): string {
  const { nonce, https, development } = input;
  const party = partyOrigins(input.partyHost);
  const own = `'self' 'nonce-${nonce}'`;
  // The development server writes scripts of its own into the page.
  const trusted: [string, ...string[]][] = [
    ["require-trusted-types-for", "'script'"],
    // One policy, of lib/client/trusted-types.ts; nobody makes a second.
    ["trusted-types", "default"],
  ];
  const directives: [string, ...(string | false)[]][] = [
    ["default-src", "'none'"],
    ["script-src", own, "'strict-dynamic'", development && "'unsafe-eval'"],
    development ? ["style-src", "'self'", "'unsafe-inline'"] : ["style-src", own],
    ["style-src-attr", "'unsafe-inline'"],
    ["img-src", "'self'", "data:", "blob:", ...input.pictureSources],
    ["font-src", "'self'"],
    ["connect-src", "'self'", party?.ws ?? false, party?.http ?? false, development && "ws:"],
    ["manifest-src", "'self'"],
    ["worker-src", "'self'"],
    ["object-src", "'none'"],
    ["base-uri", "'none'"],
    ["form-action", "'self'", ...input.formTargets],
    ["frame-ancestors", "'none'"],
    ["frame-src", "'none'"],
    ...(development ? [] : trusted),
  ];
  const lines = directives.map((words) => words.filter(Boolean).join(" "));
  return [...lines, ...(https ? ["upgrade-insecure-requests"] : [])].join("; ");
}
