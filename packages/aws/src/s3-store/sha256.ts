import { createHash } from "node:crypto";

/** SHA-256 of some bytes, hex. */
export const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** As S3 writes a checksum in a header. */
export const toBase64 = (hex: string): string => Buffer.from(hex, "hex").toString("base64");

const FULL_OBJECT = /^[A-Za-z0-9+/]{43}=$/;

/** Hex of the checksum of a whole object; `null` for none, and for one of parts, which is no SHA-256 of the content. */
export function toHex(checksum: string | undefined): string | null {
  if (checksum === undefined || !FULL_OBJECT.test(checksum)) return null;
  return Buffer.from(checksum, "base64").toString("hex");
}
