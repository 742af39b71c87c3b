import { verify } from "node:crypto";
import { Unavailable } from "../tokens/index.ts";
import type { SigningKey } from "./settings.ts";

/** Signs with a private RSA key, which may be in KMS. */
export interface Signer {
  /** An RSASSA-PKCS1-v1_5 signature with SHA-256 of the message (at most 4,096 bytes, as KMS takes it). */
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** Opens the signer of a key. */
export type SignerOf = (key: SigningKey) => Signer;

/** Signs, and verifies the signature by the public key that CloudFront has. @throws Unavailable */
export async function signWith(key: SigningKey, signerOf: SignerOf, message: Uint8Array): Promise<Buffer> {
  let signature: Uint8Array;
  try {
    signature = await signerOf(key).sign(message);
  } catch (cause) {
    throw new Unavailable("signer", "The signing key did not answer.", { cause });
  }
  if (signedBy(key, message, signature)) return Buffer.from(signature);
  throw new Unavailable("signer", "The signing key does not belong to the public key of the settings.");
}

export function signedBy({ publicKey }: SigningKey, message: Uint8Array, signature: Uint8Array): boolean {
  return verify("sha256", message, publicKey, signature);
}
