import { arrivalChecks } from "./arrival.mjs";
import { departureChecks } from "./departure.mjs";
import { lineChecks } from "./line.mjs";
import { tokenChecks } from "./tokens.mjs";

/** A whole visit, from the sign-up to a socket that is closed by the sign-out. */
export const visitChecks = [...arrivalChecks, ...tokenChecks, ...lineChecks, ...departureChecks];
