import "server-only";
import { createHash, timingSafeEqual } from "node:crypto";
import { exposition, PROMETHEUS_TYPE } from "../observe/exposition";
import { countedFamilies } from "../observe/metrics";
import { processFamilies } from "../observe/process";
import { answerText, Refusal } from "./errors";

const BEARER = /^bearer ([\x21-\x7e]+)$/i;

/**
 * What this process has counted, for Prometheus. Off without a secret: then there is no such
 * address.
 * @throws Refusal `not_found`, `unauthorized`
 */
export function metricsAnswer(headers: Headers, secret: string | null): Response {
  if (secret === null) throw new Refusal("not_found");
  const given = BEARER.exec(headers.get("authorization") ?? "")?.[1];
  if (given === undefined || !sameSecret(given, secret)) {
    throw new Refusal("unauthorized", { headers: { "www-authenticate": "Bearer" } });
  }
  return answerText(exposition([...countedFamilies(), ...processFamilies()]), PROMETHEUS_TYPE);
}

/** Compares digests, so that neither length nor content of the secret shows in the time it takes. */
function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
