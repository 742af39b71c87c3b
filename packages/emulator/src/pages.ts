import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from "node:crypto";
import { invalidToken, requestChanged } from "./protocol/aws-error.ts";

/** The start of a page in a result. */
export interface PagePosition {
  /** Entries before it. */
  readonly offset: number;
  /** The page's number, from 1. */
  readonly page: number;
  /** Distinguishes two tokens for one position; 0 unless a fault returns a page twice. */
  readonly salt: number;
}

export const FIRST_PAGE: PagePosition = { offset: 0, page: 1, salt: 0 };

/**
 * Tokens that only this instance can read: it encrypts and signs them with a random key. A token is valid only for its
 * request, and a position has one token, so a repeated request returns the same token.
 */
export interface PageTokens {
  issue(request: string, position: PagePosition): string;
  /** @throws AwsError `InvalidNextTokenException`, `RequestChangedException` */
  read(request: string, token: string): PagePosition;
}

/** Cost Explorer's own maximum length. */
const LONGEST_TOKEN = 8_192;

export function pageTokens(): PageTokens {
  const [cipherKey, nameKey] = [randomBytes(32), randomBytes(32)];
  return {
    issue(request, { offset, page, salt }) {
      const text = JSON.stringify([digest(request), offset, page, salt]);
      // The vector is derived from the text, so equal positions have equal tokens and different texts different vectors.
      const vector = createHmac("sha256", nameKey).update(text).digest().subarray(0, 12);
      const cipher = createCipheriv("aes-256-gcm", cipherKey, vector);
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([vector, cipher.getAuthTag(), sealed]).toString("base64");
    },
    read(request, token) {
      const opened = open(token, cipherKey);
      if (opened === null) throw invalidToken();
      const [of, offset, page, salt] = opened;
      if (of !== digest(request)) throw requestChanged();
      return { offset: Number(offset), page: Number(page), salt: Number(salt) };
    },
  };
}

function open(token: string, key: Buffer): readonly unknown[] | null {
  if (token.length > LONGEST_TOKEN || !/^[A-Za-z0-9+/]+=*$/.test(token)) return null;
  const bytes = Buffer.from(token, "base64");
  if (bytes.length <= 28 || bytes.toString("base64") !== token) return null;
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  try {
    const text = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : null;
  } catch {
    return null; // The token is of another instance, or was changed.
  }
}

const digest = (request: string) => createHash("sha256").update(request).digest("base64url");
