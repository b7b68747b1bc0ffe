/** Headers that never depend on the request; proxy.ts adds the page's policy and HSTS. */
const SECURITY_HEADERS = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "X-Frame-Options", value: "DENY" },
  {
    key: "Permissions-Policy",
    value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
  },
];

/** @type {import("next").NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  // A page of the development server alone ends in `.dev.tsx`; a build does not know it for a page.
  pageExtensions: [...(process.env.NODE_ENV === "development" ? ["dev.tsx"] : []), "tsx", "ts"],
  // No optimiser, so no server-side fetch of foreign addresses.
  images: { unoptimized: true },
  // `forbidden()` and its page: a private room answers 403, not a redirect.
  experimental: { authInterrupts: true },
  // Native modules: loaded by Node, not bundled.
  serverExternalPackages: ["@libsql/client", "libsql", "@node-rs/argon2"],
  headers: async () => [
    { source: "/:path*", headers: SECURITY_HEADERS },
    {
      source: "/_next/static/:path*",
      headers: [{ key: "Content-Security-Policy", value: "default-src 'none'" }],
    },
  ],
};
