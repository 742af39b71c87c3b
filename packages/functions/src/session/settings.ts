import { createPublicKey, type KeyObject } from "node:crypto";
import { serviceDomain } from "@dapanoskop/aws/partition";
import { parseStrictJson } from "@dapanoskop/core/text";
import * as v from "valibot";
import { Unavailable } from "../tokens/index.ts";

/** The settings of a session handler, from the parameter. */
export interface SessionSettings {
  /** Of the page and the data, as a browser names it: `d111111abcdef8.cloudfront.net`. */
  readonly host: string;
  /** Who may sign tokens. Keys are read from `{issuer}/.well-known/jwks.json`. */
  readonly issuers: readonly string[];
  /** Where `/oauth2/token` and `/oauth2/revoke` are: `https://name.auth.eu-central-1.amazoncognito.com`. */
  readonly signInUrl: string;
  readonly clientId: string;
  /** The app clients whose tokens the API accepts beside `clientId`'s, and sessions do not: those of CI. */
  readonly apiCiClientIds?: readonly string[];
  /** Restricts a pool that others share: one of these groups is required. Empty: every user of the pool may sign in. */
  readonly allowedGroups: readonly string[];
  /** The first one signs; all of them verify, so that a key rotation ends no session. */
  readonly signingKeys: readonly [SigningKey, ...SigningKey[]];
}

/** A key of the CloudFront key group. */
export interface SigningKey {
  /** Its id in CloudFront, `K2JCJMDEHXQW5F`. */
  readonly keyPairId: string;
  /** Its ARN in KMS. */
  readonly keyId: string;
  readonly publicKey: KeyObject;
}

/** Where the settings come from. Read at run time: the host and the client are known only after this function exists. */
export interface SettingsSource {
  /** The settings as JSON text, as `parseSettings` reads it. */
  read(): Promise<string>;
}

const host = v.pipe(v.string(), v.regex(/^(?=.{1,253}(?::|$))[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/));
const text = v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,2048}$/));

const clientId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_+]{1,128}$/));

const schema = v.strictObject({
  host,
  user_pool_id: v.pipe(v.string(), v.regex(/^[a-z]{2,4}(-[a-z]+)+-\d_[A-Za-z0-9]{1,55}$/)),
  sign_in_host: host,
  client_id: clientId,
  api_ci_client_ids: v.optional(v.array(clientId), []),
  allowed_groups: v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(128))),
  signing_keys: v.pipe(
    v.array(v.strictObject({ key_pair_id: text, kms_key_id: text, public_key: v.string() })),
    v.minLength(1),
  ),
});

/**
 * Reads the JSON that the infrastructure writes last: `host`, `user_pool_id`, `sign_in_host`, `client_id`,
 * `allowed_groups`, `signing_keys` (`key_pair_id`, `kms_key_id`, `public_key` as PEM; the first one signs) and, where the
 * parameter has it, `api_ci_client_ids`.
 * Every address in it becomes https.
 * @throws Unavailable
 */
export function parseSettings(json: string): SessionSettings {
  const parsed = v.safeParse(schema, readJson(json));
  if (!parsed.success) {
    const where = parsed.issues.map((issue) => v.getDotPath(issue) ?? "the whole").join(", ");
    throw wrongSettings(`These settings of the session handler are missing or wrong: ${where}.`);
  }
  const { output } = parsed;
  const [first, ...others] = output.signing_keys.map((key) => ({
    keyPairId: key.key_pair_id,
    keyId: key.kms_key_id,
    publicKey: readPublicKey(key.public_key),
  }));
  if (first === undefined) throw wrongSettings("The settings of the session handler have no signing key.");
  return {
    host: output.host,
    issuers: issuersOf(output.user_pool_id),
    signInUrl: `https://${output.sign_in_host}`,
    clientId: output.client_id,
    apiCiClientIds: output.api_ci_client_ids,
    allowedGroups: output.allowed_groups,
    signingKeys: [first, ...others],
  };
}

/** A pool has two forms of issuer, the second since pools span regions; Cognito's own library accepts both. */
function issuersOf(userPoolId: string): readonly string[] {
  const [region = ""] = userPoolId.split("_");
  return ["cognito-idp", "issuer-cognito-idp"].map(
    (service) => `https://${service}.${region}.${serviceDomain(region)}/${userPoolId}`,
  );
}

function readJson(json: string): unknown {
  try {
    return parseStrictJson(json);
  } catch (cause) {
    throw wrongSettings("The settings of the session handler are not JSON.", cause);
  }
}

function readPublicKey(pem: string): KeyObject {
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType === "rsa") return key;
  } catch (cause) {
    throw wrongSettings("A public_key in the settings of the session handler is not PEM.", cause);
  }
  throw wrongSettings("A public_key in the settings of the session handler is not an RSA key.");
}

function wrongSettings(what: string, cause?: unknown): Unavailable {
  return new Unavailable("wrong-settings", `${what} Apply the infrastructure again.`, { cause });
}

/** How long settings are used before they are read again. After a key rotation the old key has to stay in the group for this and a cookie's life. */
const SETTINGS_LIFE_MS = 5 * 60_000;

/** Reads the settings again every five minutes; while they cannot be read, the last ones remain in use. */
export function cachedSettings(source: SettingsSource, now: () => number): () => Promise<SessionSettings> {
  let kept: { readonly settings: SessionSettings; readonly at: number } | null = null;
  return async () => {
    if (kept !== null && now() - kept.at < SETTINGS_LIFE_MS) return kept.settings;
    try {
      const settings = parseSettings(await source.read());
      kept = { settings, at: now() };
      return settings;
    } catch (failure) {
      if (kept === null) throw failure;
      kept = { settings: kept.settings, at: now() };
      return kept.settings;
    }
  };
}
