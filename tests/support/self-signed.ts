import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** A certificate and its key, as Node's TLS takes them. */
export interface SelfSigned {
  readonly cert: string;
  readonly key: string;
}

/**
 * A self-signed certificate for an IPv4 address, valid for one hour (X.509 v3, RFC 5280). Node cannot create certificates, and a
 * test must not need openssl.
 */
export function selfSigned(now: Date, address = "127.0.0.1"): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(set(sequence(oid("550403"), element(0x0c, Buffer.from(address)))));
  const ecdsaWithSha256 = sequence(oid("2a8648ce3d040302"));
  const ofAddress = sequence(element(0x87, Buffer.from(address.split(".").map(Number))));
  const subjectAltName = sequence(oid("551d11"), element(0x04, ofAddress));
  const hour = 3_600_000;
  const body = sequence(
    element(0xa0, element(0x02, Buffer.from([2]))),
    element(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    name,
    sequence(time(new Date(now.getTime() - hour)), time(new Date(now.getTime() + hour))),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    element(0xa3, sequence(subjectAltName)),
  );
  const signature = element(0x03, Buffer.concat([Buffer.from([0]), sign("sha256", body, privateKey)]));
  const der = sequence(body, ecdsaWithSha256, signature);
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${der.toString("base64").replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

/** An element of DER: tag, length, content (X.690, 8.1). */
function element(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: readonly Buffer[]) => element(0x30, Buffer.concat(parts));
const set = (part: Buffer) => element(0x31, part);
const oid = (hex: string) => element(0x06, Buffer.from(hex, "hex"));
/** UTCTime, `YYMMDDhhmmssZ`. */
const time = (date: Date) =>
  element(0x17, Buffer.from(`${date.toISOString().replace(/[-:T]/g, "").slice(2, 14)}Z`));
