import { word } from "./ask.mjs";
import { dial } from "./dial.mjs";
import { must } from "./ill.mjs";
import { signIn, visitor } from "./visitor.mjs";

/** A second by docs/PROTOCOL.md, and the way there and back. */
const CLOSED_WITHIN_MS = 3_000;

/** The sign-out, what it must have ended, and the clearing up. */
export const departureChecks = [
  {
    name: "both: sign-out closes the socket",
    after: ["party: takes the app's tokens", "app: reaches the party"],
    async run(ward) {
      const { line, person } = ward;
      const from = performance.now();
      // From here on the cookie is one that somebody kept.
      person.frozen = true;
      const { status } = await person.form("/api/auth/signout", {});
      must(status === 200, `sign-out answers ${status}`, "Look at the app's log for this moment.");
      let timer;
      const late = new Promise((resolve) => (timer = setTimeout(resolve, CLOSED_WITHIN_MS)));
      const end = await Promise.race([line.closed, late]);
      clearTimeout(timer);
      must(
        end?.code === 4410,
        end ? `close ${end.code}` : `still open after ${CLOSED_WITHIN_MS / 1000} s`,
        `The app tells the party over ${ward.party.http}: does every POST there reach the party's newest build?`,
      );
      return { ms: end.ms - from };
    },
  },
  {
    name: "app: no token after sign-out",
    after: ["both: sign-out closes the socket"],
    async run({ person, room }) {
      const { status, body } = await person.post("/api/party/token", { room, use: "connect" });
      must(
        status === 401 && body?.code === "signed_out",
        `status ${status} ${word(body?.code)}`,
        "A kept cookie still mints: do all instances of the app have the same database?",
      );
    },
  },
  {
    name: "party: no tokens from before the sign-out",
    after: ["both: sign-out closes the socket"],
    async run({ app, party, room, spare }) {
      const outcome = await dial(party, { room, token: spare.token, origin: app });
      outcome.line?.close();
      must(
        outcome.kind === "closed" && outcome.code === 4410,
        outcome.kind === "welcome" ? "let in" : `${outcome.kind} ${outcome.code ?? outcome.status}`,
        "The room does not keep what was revoked: is its storage there, and the build the newest?",
      );
    },
  },
  {
    name: "doctor: nothing left behind",
    after: ["app: sign-up"],
    always: true,
    async run(ward) {
      ward.line?.close();
      if (ward.account && !ward.room) return "nothing was made";
      const account = ward.account ?? ward.thrownAway;
      const who = ward.account ? "your account" : `the account ${account.email}`;
      const person = visitor(ward.app);
      const { line } = await signIn(person, account);
      const remedy = `Delete ${ward.room ? `the room ${ward.room} of ${who}` : who} yourself.`;
      must(line, `${who} cannot sign in to clean up`, remedy);
      const remove = async (what, path, json) => {
        const { status } = await person.request(path, { method: "DELETE", json });
        must(status === 200, `deleting ${what} answers ${status}`, remedy);
      };
      if (ward.room) await remove("the room", `/api/rooms/${ward.room}`, { confirm: ward.room });
      if (ward.account) return "the room is deleted";
      await remove("the account", "/api/account", { password: account.password, confirm: true });
      return "room and account are deleted";
    },
  },
];
