import { useCallback, useEffect, useState } from "react";
import type { AdminCode, AdminResult } from "@/lib/client/room-admin";
import { refusedWords } from "./refused";

/** Nothing was to be changed, so nothing is said of that. */
const missingWords = (code: AdminCode): string =>
  code === "unavailable" ? "The room did not answer." : refusedWords(code);

type State<T> =
  { kind: "loading" } | { kind: "failed"; text: string } | { kind: "shown"; found: T; at: number };

/** A list of the app's, fetched when it is first drawn and again by `reload`. `load` must not change. */
export function useListing<T>(load: () => Promise<AdminResult<{ found: T }>>) {
  const [state, setState] = useState<State<T>>({ kind: "loading" });
  const reload = useCallback(async () => {
    const answer = await load();
    setState(
      answer.ok
        ? { kind: "shown", found: answer.found, at: Date.now() }
        : { kind: "failed", text: missingWords(answer.code) },
    );
  }, [load]);
  useEffect(() => {
    void reload();
  }, [reload]);
  return { state, reload };
}

/** One deed on one line at a time, and why the last was refused. */
export function useLineDeed(reload: () => Promise<void>) {
  const [busy, setBusy] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  async function run(key: string, work: () => Promise<AdminResult>) {
    if (busy !== null) return;
    setBusy(key);
    setRefusal(null);
    const result = await work();
    setBusy(null);
    if (!result.ok && result.code !== "not_found") return setRefusal(refusedWords(result.code));
    await reload();
  }
  return { busy, refusal, run };
}
