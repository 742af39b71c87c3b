import { KMSClient, type KMSClientConfig, KMSServiceException, SignCommand } from "@aws-sdk/client-kms";
import { interactiveClient, sendInteractive } from "./transport/index.ts";

export type KmsAccess = Pick<KMSClientConfig, "region" | "credentials" | "endpoint">;

/** Signs with a private key that never leaves KMS: one request to `kms:Sign` each, $0.03 for 10,000 of them. */
export interface KmsSigner {
  /** An RSASSA-PKCS1-v1_5 signature with SHA-256 of the message, which has at most 4,096 bytes. */
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** Bytes. KMS signs only the digest of a longer message. */
const LONGEST_MESSAGE = 4_096;

/**
 * Signers by the ARN or id of a key (RSA, SIGN_VERIFY). They share one client.
 * `sign` throws the error of the SDK: access denied, no such key, throttled twice, no answer in time.
 */
export function kmsSigners(access: KmsAccess = {}): (keyId: string) => KmsSigner {
  const client = new KMSClient({ ...access, ...interactiveClient() });
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
      const outcome = await sendInteractive(KMSServiceException, (options) => client.send(command, options));
      if (!outcome.answered) throw outcome.failed.cause;
      const { Signature: signature } = outcome.answer;
      if (signature === undefined) throw new Error("KMS answered without a signature.");
      return signature;
    },
  });
}
