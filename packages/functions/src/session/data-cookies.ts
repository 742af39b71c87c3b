import type { SessionSettings } from "./settings.ts";
import { type SignerOf, signWith } from "./signer.ts";

/** How long a browser may read data without a refresh, in seconds. */
const DATA_COOKIES_LIFE = 15 * 60;

const ATTRIBUTES = "Path=/data; Secure; HttpOnly; SameSite=Strict";

/**
 * The cookies that open the data at CloudFront's edge, for a session that ends at `sessionEnd`: `Set-Cookie` values.
 * Times in seconds since 1970.
 * @throws Unavailable
 */
export async function dataCookies(
  { host, signingKeys: [key] }: SessionSettings,
  signerOf: SignerOf,
  { at, sessionEnd }: { readonly at: number; readonly sessionEnd: number },
): Promise<readonly string[]> {
  const policy = Buffer.from(policyFor(host, Math.min(at + DATA_COOKIES_LIFE, sessionEnd)));
  const signature = await signWith(key, signerOf, policy);
  return [
    `CloudFront-Policy=${cookieBase64(policy)}; ${ATTRIBUTES}`,
    `CloudFront-Signature=${cookieBase64(signature)}; ${ATTRIBUTES}`,
    `CloudFront-Key-Pair-Id=${key.keyPairId}; ${ATTRIBUTES}`,
    `CloudFront-Hash-Algorithm=SHA256; ${ATTRIBUTES}`,
  ];
}

/** Removes the cookies. */
export const noDataCookies: readonly string[] = [
  "CloudFront-Policy",
  "CloudFront-Signature",
  "CloudFront-Key-Pair-Id",
  "CloudFront-Hash-Algorithm",
].map((name) => `${name}=; ${ATTRIBUTES}; Max-Age=0`);

/** CloudFront's custom policy. The whole host: only the behaviors of the data require a signature. */
function policyFor(host: string, endsAt: number): string {
  return JSON.stringify({
    Statement: [{ Resource: `https://${host}/*`, Condition: { DateLessThan: { "AWS:EpochTime": endsAt } } }],
  });
}

const REPLACED = new Map([
  ["+", "-"],
  ["=", "_"],
  ["/", "~"],
]);

/** CloudFront's own base64, of characters that cookies and addresses may have. */
function cookieBase64(bytes: Buffer): string {
  return bytes.toString("base64").replace(/[+=/]/g, (character) => REPLACED.get(character) ?? "");
}
