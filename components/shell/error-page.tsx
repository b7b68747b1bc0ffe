"use client";

import { useEffect } from "react";
import { Button } from "../ui/button";
import { AllRooms } from "./all-rooms";
import { HousePage } from "./house-page";
import { reportError } from "./report-error";

/** Something broke. Says only what a person can use; the digest finds the entry in the log. */
export function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? error.digest : undefined;
  useEffect(() => {
    // With a digest it happened on the server, which has reported it already.
    if (typeof digest !== "string") reportError(error);
  }, [error, digest]);
  return (
    <HousePage
      title="The lights went out."
      actions={
        <>
          <Button look="primary" onClick={() => retry()}>
            Try again
          </Button>
          <AllRooms look="plain" />
        </>
      }
    >
      <p role="alert">
        This page could not be shown. You are still signed in, and messages that were sent are kept.
      </p>
      {typeof digest === "string" && (
        <p className="tabular text-small text-quiet">
          If it stays like this, tell whoever runs this place: {digest}
        </p>
      )}
    </HousePage>
  );
}
