import { exportAnswer } from "@/lib/api/account-export";
import { telling } from "@/lib/api/room-route";
import { notAllowed } from "@/lib/api/route";

/** Everything that is kept of whoever asks, as a file. */
export const GET = telling(({ accounts, caller, now }) => exportAnswer(accounts, caller.id, now));

const refused = notAllowed("GET, HEAD");
export { refused as DELETE, refused as OPTIONS, refused as PATCH, refused as POST, refused as PUT };
