"use client";

import { ErrorPage } from "@/components/shell/error-page";
import "./globals.css";

/** Takes the place of the root layout when that itself fails; follows the system's theme. */
export default function GlobalError(props: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Guestlist</title>
        <ErrorPage {...props} />
      </body>
    </html>
  );
}
