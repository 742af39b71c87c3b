import { createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import type { SigningKey } from "../settings.ts";
import type { Signer, SignerOf } from "../signer.ts";

/** An RSA key, made for this process. */
export interface RsaKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** As the key group of CloudFront and the settings name it. */
  readonly signingKey: SigningKey;
}

export function anRsaKey(name: string): RsaKey {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    privateKey,
    publicKey,
    signingKey: { keyPairId: `K${name.toUpperCase()}`, keyId: name, publicKey },
  };
}

/** What KMS is in the deployment: signs with the key that is asked for. */
export function localSigners(...keys: readonly RsaKey[]): SignerOf {
  return ({ keyId }) => {
    const key = keys.find(({ signingKey }) => signingKey.keyId === keyId);
    if (key === undefined) throw new Error(`No key is called ${keyId}.`);
    return localSigner(key);
  };
}

export const localSigner = ({ privateKey }: RsaKey): Signer => ({
  sign: async (message) => createSign("RSA-SHA256").update(message).sign(privateKey),
});
