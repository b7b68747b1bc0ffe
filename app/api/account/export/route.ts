import { exportAnswer } from "@/lib/api/account-export";
import { telling } from "@/lib/api/room-route";
import { methods } from "@/lib/api/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  /** Everything that is kept of whoever asks, as a file. */
  GET: telling(({ accounts, caller, now }) => exportAnswer(accounts, caller.id, now)),
});
