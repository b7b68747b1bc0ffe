import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { cookies } from "next/headers";
import { parseTheme, THEME_COOKIE } from "@/components/ui/theme";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Guestlist", template: "%s · Guestlist" },
  description: "Rooms for people who know each other.",
  applicationName: "Guestlist",
  icons: { icon: "/icon.svg", apple: "/icons/apple-180.png" },
  appleWebApp: { capable: true, title: "Guestlist", statusBarStyle: "black-translucent" },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  interactiveWidget: "resizes-content",
  colorScheme: "light dark",
  // --paper of app/tokens.css, for browsers that colour their own frame.
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#faf6f0" },
    { media: "(prefers-color-scheme: dark)", color: "#1b111b" },
  ],
};

/** The theme is read from the cookie here, so that no page ever shows the wrong one first. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html
      lang="en"
      data-theme={theme === "system" ? undefined : theme}
      // The theme switch changes the attribute without React.
      suppressHydrationWarning
    >
      <body>{children}</body>
    </html>
  );
}
