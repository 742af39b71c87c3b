import { type KeyObject, verify } from "node:crypto";

/** The public key and its id, as CloudFront has them. */
export interface KeyGroup {
  readonly keyPairId: string;
  readonly publicKey: KeyObject;
}

/**
 * Whether CloudFront would accept these cookies for `url`: a custom policy for this resource that has not expired, signed
 * with SHA-256 by a key of the group.
 * @param at seconds since 1970
 */
export function maySee(
  cookies: ReadonlyMap<string, string>,
  url: string,
  group: KeyGroup,
  at: number,
): boolean {
  const [policy, signature] = ["CloudFront-Policy", "CloudFront-Signature"].map((name) => {
    const value = cookies.get(name);
    return value === undefined ? null : Buffer.from(plainBase64(value), "base64");
  });
  if (policy == null || signature == null) return false;
  if (cookies.get("CloudFront-Key-Pair-Id") !== group.keyPairId) return false;
  if (cookies.get("CloudFront-Hash-Algorithm") !== "SHA256") return false;
  if (!verify("sha256", policy, group.publicKey, signature)) return false;
  const { Statement } = JSON.parse(policy.toString("utf8")) as {
    readonly Statement: readonly {
      readonly Resource: string;
      readonly Condition: { readonly DateLessThan: { readonly "AWS:EpochTime": number } };
    }[];
  };
  const [only] = Statement;
  if (only === undefined || Statement.length !== 1) return false;
  return isMatch(only.Resource, url) && at < only.Condition.DateLessThan["AWS:EpochTime"];
}

const PLAIN = new Map([
  ["-", "+"],
  ["_", "="],
  ["~", "/"],
]);

const plainBase64 = (text: string) => text.replace(/[-_~]/g, (character) => PLAIN.get(character) ?? "");

/** `*` matches any characters, `?` matches one. */
function isMatch(resource: string, url: string): boolean {
  const pattern = resource
    .replace(/[\\^$.|+()[\]{}]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${pattern}$`).test(url);
}

/** A `cookie` header's pairs; of two with one name the first counts. */
export function cookiesOf(header: string | undefined): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of header?.split("; ") ?? []) {
    const at = pair.indexOf("=");
    const name = pair.slice(0, at);
    if (!cookies.has(name)) cookies.set(name, pair.slice(at + 1));
  }
  return cookies;
}
