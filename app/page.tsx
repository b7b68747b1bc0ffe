import { redirect } from "next/navigation";
import { getUser } from "@/lib/auth/session";
import { SignInPage } from "./sign-in/sign-in-page";

/** The front door: signed in, straight to the rooms; else the sign-in itself, no marketing wall. */
export default async function Home() {
  if (await getUser()) redirect("/rooms");
  return <SignInPage returnTo="/rooms" />;
}
