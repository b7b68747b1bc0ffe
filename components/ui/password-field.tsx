"use client";

import { useState } from "react";
import { Eye, EyeOff } from "lucide-react";
import { IconButton } from "./button";
import type { FieldProps } from "./field";
import { Field } from "./field";

/** A password input with a button that shows what was typed. Pasting is welcome. */
export function PasswordField(props: Omit<FieldProps, "type" | "end">) {
  const [shown, setShown] = useState(false);
  return (
    <Field
      {...props}
      type={shown ? "text" : "password"}
      spellCheck={false}
      autoCapitalize="none"
      autoCorrect="off"
      end={
        <IconButton
          label={shown ? "Hide what I typed" : "Show what I typed"}
          aria-pressed={shown}
          aria-controls={props.id}
          onClick={() => setShown(!shown)}
        >
          {shown ? (
            <EyeOff aria-hidden="true" className="size-5" />
          ) : (
            <Eye aria-hidden="true" className="size-5" />
          )}
        </IconButton>
      }
    />
  );
}
