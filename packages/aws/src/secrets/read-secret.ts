import {
  GetSecretValueCommand,
  SecretsManagerClient,
  type SecretsManagerClientConfig,
  SecretsManagerServiceException,
} from "@aws-sdk/client-secrets-manager";
import { quoted } from "@dapanoskop/core/text";
import { interactiveClient, sendInteractive } from "../transport/index.ts";
import { SecretError, secretSentence } from "./secret-error.ts";

/** Settings of the SDK's client. It finds all others itself. The region is the secret's. */
export type SecretsAccess = Pick<SecretsManagerClientConfig, "credentials" | "endpoint">;

export interface SecretReaderOptions {
  readonly access?: SecretsAccess;
  /** A rising number of milliseconds; the process's own by default. */
  readonly elapsed?: () => number;
}

/** So long a value that was read is used again, in milliseconds: a webhook that is replaced is used soon. */
const LONGEST_AGE = 300_000;

const SECRET_ARN = /^arn:aws[a-z-]*:secretsmanager:([a-z0-9-]+):\d{12}:secret:[A-Za-z0-9/_+=.@-]{1,519}$/;

/** @throws SecretError */
type ReadSecret = (arn: string) => Promise<string>;

/**
 * The URL in a secret of Secrets Manager, with `secretsmanager:GetSecretValue` ($0.05 for 10,000 requests): the text itself,
 * or the field `url` of a JSON object. A process requests a secret at most once in five minutes, failures aside.
 * @throws SecretError
 */
export const readSecret: ReadSecret = (arn) => {
  reader ??= secretReader();
  return reader(arn);
};

let reader: ReadSecret | null = null;

interface CachedSecret {
  readonly value: Promise<string>;
  readonly requestedAt: number;
}

/** The same with a cache of its own. */
export function secretReader({
  access = {},
  elapsed = () => performance.now(),
}: SecretReaderOptions = {}): ReadSecret {
  const cached = new Map<string, CachedSecret>();
  return (arn) => {
    const known = cached.get(arn);
    if (known !== undefined && elapsed() - known.requestedAt < LONGEST_AGE) return known.value;
    const value = requestSecret(arn, access);
    const entry: CachedSecret = { value, requestedAt: elapsed() };
    cached.set(arn, entry);
    value.catch(() => {
      if (cached.get(arn) === entry) cached.delete(arn);
    });
    return value;
  };
}

async function requestSecret(arn: string, access: SecretsAccess): Promise<string> {
  const [, region] = SECRET_ARN.exec(arn) ?? [];
  if (region === undefined)
    throw notRead(arn, "this is not the ARN of a secret of Secrets Manager. Correct it.");
  const client = new SecretsManagerClient({ ...access, region, ...interactiveClient() });
  const command = new GetSecretValueCommand({ SecretId: arn });
  const outcome = await sendInteractive(SecretsManagerServiceException, (options) =>
    client.send(command, options),
  );
  if (!outcome.answered) throw notRead(arn, secretSentence(outcome.failed));
  const url = urlIn(outcome.answer.SecretString);
  if (url !== null) return url;
  throw notRead(arn, 'its value is neither a URL nor JSON such as {"url":"https://…"}. Write one of them.');
}

/** The cause is left out, and the value: who reads the log may not read the secret. */
const notRead = (arn: string, why: string) => {
  // What is no ARN may be the secret itself, pasted in its place.
  const name = SECRET_ARN.test(arn) ? (arn.split(":").at(-1) ?? "") : "(not an ARN)";
  return new SecretError(`The secret ${quoted(name, 200)} was not read: ${why}`);
};

/** The URL that a value is or names; what kind of URL it must be, its reader checks. */
function urlIn(value: string | undefined): string | null {
  const text = value?.trim() ?? "";
  const candidate = text.startsWith("{") ? urlField(text) : text;
  return candidate !== null && URL.canParse(candidate) ? candidate : null;
}

function urlField(text: string): string | null {
  try {
    const parsed: unknown = JSON.parse(text);
    const url: unknown = Reflect.get(Object(parsed), "url");
    return typeof url === "string" ? url.trim() : null;
  } catch {
    return null;
  }
}
