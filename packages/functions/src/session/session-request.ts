import { decodeUtf8, parseStrictJson } from "@dapanoskop/core/text";
import * as v from "valibot";
import { Refused } from "../tokens/index.ts";
import type { FunctionUrlRequest } from "./function-url.ts";

/** The requests of the page. */
export type SessionRequest =
  | { readonly action: "open"; readonly code: string; readonly codeVerifier: string; readonly nonce: string }
  | { readonly action: "refresh" }
  | { readonly action: "close" };

/** A body has a code, a verifier and a nonce; a longer one is not from our page. */
const LONGEST_BODY = 4_096;

const openSchema = v.strictObject({
  code: v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,2048}$/)),
  // RFC 7636: 43 to 128 unreserved characters.
  code_verifier: v.pipe(v.string(), v.regex(/^[A-Za-z0-9._~-]{43,128}$/)),
  // 128 bits or more, in base64url (22 characters) or hex (32).
  nonce: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22,128}$/)),
});

/**
 * Accepts what our own page sends from our own host, and nothing else. A form or an image on another site cannot send
 * the custom header or the content type without a preflight, and this function answers none.
 * @throws Refused
 */
export function parseSessionRequest(request: FunctionUrlRequest, host: string): SessionRequest {
  if (request.method !== "POST") throw new Refused("method", "The method is not POST.");
  if (request.query !== "")
    throw new Refused("query", "The address has a query, and secrets must not be in addresses.");
  if (request.header("origin") !== `https://${host}`)
    throw new Refused("origin", "The origin is not our page.");
  // Browsers set this header themselves; older ones leave it out.
  const site = request.header("sec-fetch-site");
  if (site !== null && site !== "same-origin")
    throw new Refused("site", "The request comes from another site.");
  if (request.header("x-dapanoskop") !== "1")
    throw new Refused("header", "The header x-dapanoskop is not 1.");
  if (!/^application\/json(; ?charset=utf-8)?$/i.test(request.header("content-type") ?? "")) {
    throw new Refused("content-type", "The content type is not application/json.");
  }
  if (request.body.byteLength > LONGEST_BODY) throw new Refused("body-size", "The body is too long.");
  switch (request.path) {
    case "/auth/session": {
      const { code, code_verifier: codeVerifier, nonce } = read(openSchema, request.body);
      return { action: "open", code, codeVerifier, nonce };
    }
    case "/auth/refresh":
      readNothing(request.body);
      return { action: "refresh" };
    case "/auth/logout":
      readNothing(request.body);
      return { action: "close" };
    default:
      throw new Refused("path", "The path is unknown.");
  }
}

function readNothing(body: Uint8Array): void {
  if (body.byteLength > 0) read(v.strictObject({}), body);
}

function read<Output>(schema: v.GenericSchema<unknown, Output>, body: Uint8Array): Output {
  let value: unknown;
  try {
    value = parseStrictJson(decodeUtf8(body));
  } catch (cause) {
    throw new Refused("body", "The body is not plain JSON.", { cause });
  }
  // An array without elements has the fields of an object without any.
  const parsed = Array.isArray(value) ? null : v.safeParse(schema, value);
  if (parsed?.success === true) return parsed.output;
  throw new Refused("body", "The body lacks a field, or one of its fields is wrong.");
}
