import {
  GetParameterCommand,
  SSMClient,
  type SSMClientConfig,
  SSMServiceException,
} from "@aws-sdk/client-ssm";
import { quoted } from "@dapanoskop/core/text";
import {
  credentialsSentence,
  type FailedRequest,
  interactiveClient,
  LongAnswerError,
  longAnswerSentence,
  nameOf,
  sendInteractive,
  statusOf,
  systemName,
} from "./transport/index.ts";

export type SsmAccess = Pick<SSMClientConfig, "region" | "credentials" | "endpoint">;

/** A text in SSM's Parameter Store that is read while the program runs. */
export interface SsmParameter {
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
 * A parameter in SSM's Parameter Store, of the type String: it is no secret.
 * @param name `/dapanoskop/session`, or an ARN
 */
export function ssmParameter(name: string, access: SsmAccess = {}): SsmParameter {
  const client = new SSMClient({ ...access, ...interactiveClient() });

  return {
    async read() {
      const command = new GetParameterCommand({ Name: name });
      const outcome = await sendInteractive(SSMServiceException, (options) => client.send(command, options));
      if (!outcome.answered) throw notRead(name, sentenceOf(outcome.failed), outcome.failed.cause);
      const { Type: type, Value: value } = outcome.answer.Parameter ?? {};
      // The value of a SecureString would arrive encrypted.
      if (type === "String" && value !== undefined) return value;
      throw notRead(name, "it is not of the type String. Write it as one.");
    },
  };
}

const notRead = (name: string, why: string, cause?: unknown) =>
  new ParameterError(`The parameter ${quoted(name, 200)} was not read: ${why}`, { cause });

/** AWS's message is left out: it names accounts and roles. */
function sentenceOf({ cause, failureClass, attempts }: FailedRequest): string {
  const error = quoted(systemName(cause));
  const name = nameOf(cause);
  if (cause instanceof LongAnswerError) return longAnswerSentence("SSM", cause);
  if (failureClass === "credentials") return credentialsSentence(cause);
  if (name === "ParameterNotFound") return "this account has none of that name in this region. Write it.";
  if (name === "AccessDeniedException") return "access denied. Grant ssm:GetParameter on it to this role.";
  if (failureClass === "throttled") return `SSM throttles the requests (${error}). Try again in a minute.`;
  if (failureClass === "rejected") return `SSM refused it (${error}). Check its name.`;
  if ((statusOf(cause) ?? 0) >= 500) return `SSM failed ${attempts} times (${error}). Try again in a minute.`;
  return `SSM did not answer (${error}). Check the network's way to it, and try again.`;
}
