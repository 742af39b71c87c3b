import type { Random } from "@dapanoskop/core/runtime";
import type { StateStore } from "@dapanoskop/core/state";
import * as v from "valibot";
import { badRequest } from "../api-problem.ts";

/** Cursors of lists: encrypted and authenticated, and bound to who asked for which list. */
export interface Cursors {
  /** @param binding owner, operation and parameters: the cursor opens for the same ones only */
  seal(position: string, binding: string): Promise<string>;
  /** @throws ApiProblem `bad_request` for every text that `seal` did not give for this binding */
  open(cursor: string, binding: string): Promise<string>;
}

type CursorKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

const KEY = { partition: "api", sort: "cursor-key" };
const keySchema = v.object({ key: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) });

/** Of AES-GCM, in bytes. */
const NONCE = 12;
const LONGEST = 1_000;

/**
 * The key is random and is kept in the state store, so that every instance of the function has the same one. It protects no
 * secret: a cursor contains the position in a list of its own reader.
 */
export function makeCursors(state: StateStore, random: Random): Cursors {
  let known: Promise<CursorKey> | null = null;
  const key = (): Promise<CursorKey> => {
    known ??= cursorKey(state, random).catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };
  return {
    async seal(position, binding) {
      const iv = new Uint8Array(random.bytes(NONCE));
      const sealed = await crypto.subtle.encrypt(
        { name: "AES-GCM", iv, additionalData: bytesOf(binding) },
        await key(),
        bytesOf(position),
      );
      return base64url(new Uint8Array([...iv, ...new Uint8Array(sealed)]));
    },
    async open(cursor, binding) {
      const bytes = cursor.length > LONGEST ? null : fromBase64url(cursor);
      if (bytes === null || bytes.length <= NONCE) throw notACursor();
      const parameters = {
        name: "AES-GCM",
        iv: bytes.slice(0, NONCE),
        additionalData: bytesOf(binding),
      };
      const secret = await key();
      try {
        return new TextDecoder().decode(await crypto.subtle.decrypt(parameters, secret, bytes.slice(NONCE)));
      } catch {
        throw notACursor();
      }
    },
  };
}

const notACursor = () =>
  badRequest(
    "The cursor is not one of this list. Use next_cursor of its last page, with the same parameters.",
  );

async function cursorKey(state: StateStore, random: Random): Promise<CursorKey> {
  const hex = [...random.bytes(32)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const existing = await state.get(KEY);
  const put =
    existing === null ? await state.putIfAbsent(KEY, { value: { key: hex }, expiresAt: null }) : null;
  const record = put?.outcome === "written" ? { value: { key: hex } } : (existing ?? (await state.get(KEY)));
  const { key } = v.parse(keySchema, record?.value);
  const raw = Uint8Array.from(key.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** `null` for a text that is not the only base64url form of its bytes. */
function fromBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return null;
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) =>
      sign.charCodeAt(0),
    );
    return base64url(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}
