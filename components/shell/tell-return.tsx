"use client";

import { useEffect } from "react";
import { tellReturn } from "@/lib/client/provider-return";

/** On the first page after a sign-in through a provider: the other tabs hear of it. */
export function TellReturn() {
  useEffect(tellReturn, []);
  return null;
}
