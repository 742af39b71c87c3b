/**
 * A run's id may hold twelve digits by chance, and an amount's twelve decimals are twelve digits; neither is an account.
 */
const ACCOUNT = /\d{8}T\d{6}Z-[0-9a-f]{32}|(?<!\d|\d\.)(?:\d{12}|\d{4}-\d{4}-\d{4})(?!\d)/g;

/** A text with the account numbers in it masked. */
export const withoutAccounts = (text: string): string =>
  text.replace(ACCOUNT, (found) => (found.includes("T") ? found : "(account)"));

const ARN = /\barn:[^\s"',;]+/g;
const ACCESS_KEY = /\b(?:AKIA|ASIA)[A-Z0-9]{8,}/g;
const LONG = /[\w+/=.-]{40,}/g;

/** The words of an error that nobody foresaw: whatever might be a name, a key or a token is left out. */
export const withoutSecrets = (text: string): string =>
  withoutAccounts(
    text
      .slice(0, 4_000)
      .replace(ARN, "arn:…")
      .replace(ACCESS_KEY, "(access key)")
      .replace(LONG, "(a long word)"),
  );
