import { createSign, type KeyObject } from "node:crypto";

/** The parts of signed cookies; a part that is `undefined` is not sent. */
export interface CookieParts {
  readonly policy?: string | undefined;
  readonly signature?: string | undefined;
  readonly keyPairId?: string | undefined;
  readonly algorithm?: string | undefined;
  readonly expires?: string | undefined;
}

const REPLACED = new Map([
  ["+", "-"],
  ["=", "_"],
  ["/", "~"],
]);

/** CloudFront's own base64. */
export const cookieBase64 = (bytes: Uint8Array | string): string =>
  Buffer.from(bytes)
    .toString("base64")
    .replace(/[+=/]/g, (character) => REPLACED.get(character) ?? "");

export const policyText = (resource: string, end: unknown, more: object = {}): string =>
  JSON.stringify({
    Statement: [{ Resource: resource, Condition: { DateLessThan: { "AWS:EpochTime": end } }, ...more }],
  });

export const signedBy = (
  key: KeyObject,
  text: string | Uint8Array,
  hash: "RSA-SHA1" | "RSA-SHA256" = "RSA-SHA256",
): string => cookieBase64(createSign(hash).update(text).sign(key));

const NAMES = [
  ["policy", "Policy"],
  ["expires", "Expires"],
  ["signature", "Signature"],
  ["keyPairId", "Key-Pair-Id"],
  ["algorithm", "Hash-Algorithm"],
] as const;

export const cookieHeader = (parts: CookieParts): string =>
  NAMES.flatMap(([part, name]) =>
    parts[part] === undefined ? [] : [`CloudFront-${name}=${parts[part]}`],
  ).join("; ");

/** The same parts as a signed address has them. */
export function signedQuery(parts: CookieParts): string {
  const query = new URLSearchParams();
  for (const [part, name] of NAMES) {
    const value = parts[part];
    if (value !== undefined) query.set(name, value);
  }
  return query.toString();
}
