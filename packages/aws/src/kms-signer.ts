import { KMSClient, type KMSClientConfig, SignCommand } from "@aws-sdk/client-kms";
import { TWO_SHORT_TRIES, WHOLE } from "./while-somebody-waits.ts";

export type KmsAccess = Pick<KMSClientConfig, "region" | "credentials" | "endpoint">;

/** Signs with a private key that never leaves KMS: one request to `kms:Sign` each, $0.03 for 10,000 of them. */
export interface KmsSigner {
  /** An RSASSA-PKCS1-v1_5 signature with SHA-256 of the message, which has at most 4,096 bytes. */
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** KMS takes no longer message whole. */
const LONGEST_MESSAGE = 4_096;

/**
 * Opens signers by the ARN or id of a key (RSA, SIGN_VERIFY); they share one client.
 * @throws Error from `sign`, in AWS's words: not allowed, no such key, throttled twice, no answer in time
 */
export function kmsSigners(access: KmsAccess = {}): (keyId: string) => KmsSigner {
  const client = new KMSClient({ ...access, ...TWO_SHORT_TRIES });
  return (keyId) => ({
    async sign(message) {
      if (message.byteLength > LONGEST_MESSAGE) {
        throw new Error(`KMS signs at most ${LONGEST_MESSAGE} bytes, not ${message.byteLength}.`);
      }
      const command = new SignCommand({
        KeyId: keyId,
        Message: message,
        MessageType: "RAW",
        SigningAlgorithm: "RSASSA_PKCS1_V1_5_SHA_256",
      });
      const { Signature: signature } = await client.send(command, {
        abortSignal: AbortSignal.timeout(WHOLE),
      });
      if (signature === undefined) throw new Error("KMS answered without a signature.");
      return signature;
    },
  });
}
