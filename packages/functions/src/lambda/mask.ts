/** The id of a run or request may have twelve digits by chance, and an amount has twelve decimals: these are no accounts. */
const IDS = /\d{8}T\d{6}Z-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
const ACCOUNT = /(?<!\d|\d\.)(?:\d{12}|\d{4}-\d{4}-\d{4})(?!\d)/;
const EITHER = new RegExp(`(${IDS.source})|${ACCOUNT.source}`, "g");

/** A text with the account numbers in it masked. */
export const withoutAccounts = (text: string): string =>
  text.replace(EITHER, (_, id: string | undefined) => id ?? "(account)");

const ARN = /\barn:[^\s"',;]+/g;
const ACCESS_KEY = /\b(?:AKIA|ASIA)[A-Z0-9]{8,}/g;
const LONG = /[\w+/=.-]{40,}/g;

/** The message of an unexpected error without what may be a name, a key or a token. */
export const withoutSecrets = (text: string): string =>
  withoutAccounts(
    text
      .slice(0, 4_000)
      .replace(ARN, "arn:…")
      .replace(ACCESS_KEY, "(access key)")
      .replace(LONG, "(a long word)"),
  );

const ADDRESS = /[^\s@"'<>(),;:]{1,64}@[^\s@"'<>(),;:]+\.[^\s@"'<>(),;:]+/g;

/** A text without mail addresses: they are personal data, and senders repeat them in refusals. */
export const withoutAddresses = (text: string): string => text.replace(ADDRESS, "(address)");
