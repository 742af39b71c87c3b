import { decodeUtf8, parseStrictJson } from "@dapanoskop/core/text";
import { Refused } from "./refused.ts";

/** What a token is for; Cognito's `token_use`. */
export type TokenUse = "access" | "id";

/** Of a whole token. Cognito's have some 1,100 bytes, with a hundred groups some 3,500. */
export const LONGEST_TOKEN = 4_096;

/** Headers of Cognito have `kid` and `alg`. Any other field (`jku`, `jwk`, `x5u`, `crit`, `zip`) is refused. */
const HEADER_NAMES = new Set(["alg", "kid", "typ"]);

/** A `typ` may be absent, `JWT`, or of an access token `at+jwt` (RFC 9068). */
const TYPES: Readonly<Record<TokenUse, ReadonlySet<unknown>>> = {
  access: new Set([undefined, "JWT", "at+jwt"]),
  id: new Set([undefined, "JWT"]),
};

/**
 * Refuses what is not, byte for byte, a token as Cognito writes it, before any of its content is used.
 * aws-jwt-verify accepts padding, stray bits in base64, bytes that are not UTF-8, repeated keys, and any header.
 * @throws Refused
 */
export function checkTokenShape(token: string, use: TokenUse): void {
  if (token.length > LONGEST_TOKEN)
    throw new Refused("token-size", `A token is longer than ${LONGEST_TOKEN}.`);
  const parts = token.split(".");
  const [header, payload] = parts.map(decodePart);
  if (header === undefined || payload === undefined || parts.length !== 3) {
    throw new Refused("token-shape", "A token does not have three parts.");
  }
  checkHeader(readObject(header), use);
  readObject(payload);
}

/** The bytes of one part. A part that is not the only base64url form of its bytes is refused. */
function decodePart(part: string): Buffer {
  const bytes = Buffer.from(part, "base64url");
  if (part === "" || bytes.toString("base64url") !== part) {
    throw new Refused("token-base64", "A part of a token is not plain base64url.");
  }
  return bytes;
}

function readObject(bytes: Uint8Array): ReadonlyMap<string, unknown> {
  let value: unknown;
  try {
    value = parseStrictJson(decodeUtf8(bytes));
  } catch (cause) {
    throw new Refused("token-json", "A part of a token is not plain JSON.", { cause });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Refused("token-json", "A part of a token is not an object.");
  }
  return new Map(Object.entries(value));
}

function checkHeader(header: ReadonlyMap<string, unknown>, use: TokenUse): void {
  if (header.get("alg") !== "RS256") throw new Refused("token-alg", "A token is not signed with RS256.");
  const kid = header.get("kid");
  if (typeof kid !== "string" || !/^[\x21-\x7e]{1,128}$/.test(kid)) {
    throw new Refused("token-kid", "The token has no key id.");
  }
  if (!TYPES[use].has(header.get("typ"))) throw new Refused("token-typ", "A token is of another type.");
  for (const name of header.keys()) {
    if (!HEADER_NAMES.has(name))
      throw new Refused("token-header", "A token's header has a field that is not allowed.");
  }
}
