import type { ComponentProps } from "react";
import { Field } from "../ui/field";

/** The address somebody signs in with, known to password managers as the user name. */
export function EmailField(field: Partial<ComponentProps<typeof Field>>) {
  return (
    <Field
      id="email"
      name="email"
      label="Email"
      type="email"
      autoComplete="username"
      inputMode="email"
      autoCapitalize="none"
      spellCheck={false}
      required
      maxLength={254}
      {...field}
    />
  );
}
