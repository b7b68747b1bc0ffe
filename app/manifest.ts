import type { MetadataRoute } from "next";

/** What a browser needs to install the app. Colours: the dark --paper of app/tokens.css. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    id: "/rooms",
    name: "Guestlist",
    short_name: "Guestlist",
    description: "Rooms for people who know each other.",
    start_url: "/rooms",
    scope: "/",
    display: "standalone",
    background_color: "#1b111b",
    theme_color: "#1b111b",
    icons: [
      { src: "/icon.svg", sizes: "any", type: "image/svg+xml" },
      { src: "/icons/192.png", sizes: "192x192", type: "image/png" },
      { src: "/icons/512.png", sizes: "512x512", type: "image/png" },
      { src: "/icons/maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
  };
}
