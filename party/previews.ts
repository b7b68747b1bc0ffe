import type { Presented } from "../lib/token/claims";
import type { Settings } from "./settings";

/**
 * The object that a token opens. Previews of the app have rooms of their own, whatever they call them:
 * which is decided here, by the issuer whose key signed. No address names such an object, as no room id
 * has a dot.
 */
export function objectOf(
  { room, iss }: Pick<Presented, "room" | "iss">,
  { previews }: Settings,
): string {
  return previews?.isPreview(iss) ? `preview.${new URL(iss).host}.${room}` : room;
}

/** Whether pages of this origin may dial at all; null: no page. */
export const isAllowed = (origin: string | null, { origins, previews }: Settings): boolean =>
  origin === null || origins.includes(origin) || (previews?.isPreview(origin) ?? false);

/** A preview's token is its own pages' alone, and its pages bring no other. */
export const fitsOrigin = (origin: string | null, iss: string, { previews }: Settings): boolean =>
  origin === null ||
  origin === iss ||
  !(previews && (previews.isPreview(origin) || previews.isPreview(iss)));
