import { PasswordField } from "../ui/password-field";
import { MIN_PASSWORD_CHARACTERS } from "./sign-up-check";

/** A password that is being chosen. */
export function NewPasswordField({
  label,
  ...field
}: {
  label: string;
  id: string;
  name: string;
  error: string | undefined;
}) {
  return (
    <PasswordField
      {...field}
      label={label}
      autoComplete="new-password"
      hint={`At least ${MIN_PASSWORD_CHARACTERS} characters. A few words in a row work well.`}
      required
    />
  );
}
