import { type KeyObject, verify } from "node:crypto";
import * as v from "valibot";
import { matchesWildcards } from "./path-pattern.ts";

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-signed-cookies.html

/** A public key of the key group, and its id. */
export interface TrustedKey {
  readonly keyPairId: string;
  readonly publicKey: KeyObject;
}

const seconds = v.object({ "AWS:EpochTime": v.pipe(v.number(), v.integer()) });
const policySchema = v.strictObject({
  Statement: v.strictTuple([
    v.strictObject({
      Resource: v.string(),
      Condition: v.strictObject({ DateLessThan: seconds, DateGreaterThan: v.optional(seconds) }),
    }),
  ]),
});

/** The parts of a signature: cookies have the prefix `CloudFront-`, the query of an address has them without. */
interface Signed {
  readonly policy: string | undefined;
  readonly expires: string | undefined;
  readonly signature: string | undefined;
  readonly keyPairId: string | undefined;
  readonly algorithm: string | undefined;
}

/**
 * Whether CloudFront accepts a request for `url`: a custom or canned policy for this resource whose time is now, signed by a key
 * of the group. Parts in the address take precedence over cookies.
 * @param at seconds since 1970
 */
export function isSigned(
  {
    cookies,
    query,
    url,
  }: { readonly cookies: string | undefined; readonly query: string; readonly url: string },
  keys: readonly TrustedKey[],
  at: number,
): boolean {
  const inAddress = new URLSearchParams(query);
  const cookie = cookiesOf(cookies);
  const signed = partsOf(
    inAddress.has("Signature")
      ? (name) => inAddress.get(name) ?? undefined
      : (name) => cookie.get(`CloudFront-${name}`),
  );
  const key = keys.find(({ keyPairId }) => keyPairId === signed.keyPairId);
  const hash = HASHES.get(signed.algorithm ?? "SHA1");
  const text = policyText(signed, url);
  if (key === undefined || hash === undefined || text === null || signed.signature === undefined)
    return false;
  if (!verify(hash, text, key.publicKey, fromBase64(signed.signature))) return false;
  const policy = v.safeParse(policySchema, jsonOf(text));
  if (!policy.success) return false;
  const [{ Resource, Condition }] = policy.output.Statement;
  const begins = Condition.DateGreaterThan?.["AWS:EpochTime"] ?? 0;
  return matchesWildcards(Resource, url) && at >= begins && at < Condition.DateLessThan["AWS:EpochTime"];
}

const HASHES: ReadonlyMap<string, string> = new Map([
  ["SHA1", "sha1"],
  ["SHA256", "sha256"],
]);

const partsOf = (part: (name: string) => string | undefined): Signed => ({
  policy: part("Policy"),
  expires: part("Expires"),
  signature: part("Signature"),
  keyPairId: part("Key-Pair-Id"),
  algorithm: part("Hash-Algorithm"),
});

/** The signed text: a custom policy as it was sent, or the canned one of the address and its end. */
function policyText({ policy, expires }: Signed, url: string): Buffer | null {
  if (policy !== undefined) return fromBase64(policy);
  if (expires === undefined || !/^\d{1,12}$/.test(expires)) return null;
  return Buffer.from(
    JSON.stringify({
      Statement: [{ Resource: url, Condition: { DateLessThan: { "AWS:EpochTime": Number(expires) } } }],
    }),
  );
}

function jsonOf(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString("utf8"));
  } catch {
    return null;
  }
}

const PLAIN = new Map([
  ["-", "+"],
  ["_", "="],
  ["~", "/"],
]);

const fromBase64 = (text: string): Buffer =>
  Buffer.from(
    text.replace(/[-_~]/g, (character) => PLAIN.get(character) ?? ""),
    "base64",
  );

/** A `cookie` header's pairs; of two with one name the first counts. */
function cookiesOf(header: string | undefined): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of header?.split(/; */) ?? []) {
    const at = pair.indexOf("=");
    const name = pair.slice(0, at).trim();
    if (at > 0 && !cookies.has(name)) cookies.set(name, pair.slice(at + 1));
  }
  return cookies;
}
