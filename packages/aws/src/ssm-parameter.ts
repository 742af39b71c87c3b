import {
  GetParameterCommand,
  SSMClient,
  type SSMClientConfig,
  SSMServiceException,
} from "@aws-sdk/client-ssm";
import { quoted } from "./quoted.ts";
import { TWO_SHORT_TRIES, WHOLE } from "./while-somebody-waits.ts";

export type SsmAccess = Pick<SSMClientConfig, "region" | "credentials" | "endpoint">;

/** A text that others write, and that is read while we run. */
export interface Parameter {
  /**
   * One request to `ssm:GetParameter`, which costs nothing.
   * @throws ParameterError
   */
  read(): Promise<string>;
}

/** Why a parameter was not read, and what to do: a sentence for a log, never with the value in it. */
export class ParameterError extends Error {
  override readonly name = "ParameterError";
}

/**
 * A parameter in SSM's Parameter Store, of the type String: what stands there is no secret.
 * @param name `/dapanoskop/session`, or an ARN
 */
export function ssmParameter(name: string, access: SsmAccess = {}): Parameter {
  const client = new SSMClient({ ...access, ...TWO_SHORT_TRIES });

  async function ask(): Promise<{ readonly Type?: string | undefined; readonly Value?: string | undefined }> {
    const options = { abortSignal: AbortSignal.timeout(WHOLE) };
    try {
      const { Parameter: parameter } = await client.send(new GetParameterCommand({ Name: name }), options);
      return parameter ?? {};
    } catch (cause) {
      throw notRead(name, sentenceOf(cause), cause);
    }
  }

  return {
    async read() {
      const { Type: type, Value: value } = await ask();
      // A SecureString would come as it is kept: encrypted.
      if (type === "String" && value !== undefined) return value;
      throw notRead(name, "it is not of the type String. Write it as one.");
    },
  };
}

const notRead = (name: string, why: string, cause?: unknown) =>
  new ParameterError(`The parameter ${quoted(name, 200)} was not read: ${why}`, { cause });

/** AWS's own words are left out: they name accounts and roles. */
function sentenceOf(cause: unknown): string {
  if (!(cause instanceof SSMServiceException)) return unanswered(cause);
  const { name, $metadata } = cause;
  const said = `(${quoted(name)})`;
  const { httpStatusCode: status = 0 } = $metadata;
  if (name === "ParameterNotFound") return "this account has none of that name in this region. Write it.";
  if (name === "AccessDeniedException") return "access denied. Grant ssm:GetParameter on it to this role.";
  if (CREDENTIALS.has(name)) return `there are no AWS credentials that work ${said}. Check the role.`;
  if (name === "ThrottlingException" || status === 429) {
    return `SSM wants fewer requests ${said}. Try again in a minute.`;
  }
  if (status >= 500) return `SSM failed twice ${said}. Try again in a minute.`;
  return `SSM refused it ${said}. Check its name.`;
}

function unanswered(cause: unknown): string {
  const { name, code } = Object(cause);
  if (name === "CredentialsProviderError") return "there are no AWS credentials. Check the role.";
  return `SSM did not answer (${quoted(String(code ?? name))}). Check the way to it, and try again.`;
}

const CREDENTIALS = new Set([
  "ExpiredTokenException",
  "IncompleteSignature",
  "InvalidSignatureException",
  "UnrecognizedClientException",
]);
