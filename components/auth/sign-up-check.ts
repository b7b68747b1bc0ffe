import { characters, isBlank } from "@/lib/protocol/text";
import { MAX_NAME_CHARACTERS } from "@/lib/protocol/limits";

export type SignUpField = "name" | "email" | "password";
export type SignUpErrors = Partial<Record<SignUpField, string>>;

export const MIN_PASSWORD_CHARACTERS = 8;

/**
 * What can be told without asking the server: kinder, because at once. The server checks all of it
 * again, and more (common passwords, taken addresses).
 */
export function checkSignUp(given: Record<SignUpField, string>): SignUpErrors {
  const errors: SignUpErrors = {};
  if (isBlank(given.name)) errors.name = "Enter the name that others will see.";
  else if (characters(given.name.trim()) > MAX_NAME_CHARACTERS) {
    errors.name = `Use at most ${MAX_NAME_CHARACTERS} characters for your name.`;
  }
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(given.email.trim())) {
    errors.email = "Enter an email address, like ada@example.com.";
  }
  if (characters(given.password) < MIN_PASSWORD_CHARACTERS) {
    errors.password = `Use at least ${MIN_PASSWORD_CHARACTERS} characters for your password.`;
  }
  return errors;
}
