import { unstable_rethrow } from "next/navigation";
import { getUser } from "@/lib/auth/session";
import { LateAccountMenu } from "@/components/shell/late-account-menu";

/**
 * The account menu of whoever asks, for a page that stands in for another and is given nobody. Next
 * draws such pages along with every other one: where nobody can be asked, that page says so.
 */
export async function OwnMenu() {
  const user = await getUser().catch((error: unknown) => {
    unstable_rethrow(error);
    return null;
  });
  if (!user) return null;
  const { id, name, email, picture, admin } = user;
  return <LateAccountMenu account={{ id, name, email, picture, admin }} />;
}
