import { quoted } from "@dapanoskop/core/text";
import {
  credentialsSentence,
  type FailedRequest,
  LongAnswerError,
  longAnswerSentence,
  messageOf,
  nameOf,
  statusOf,
  systemName,
  untrustedSentence,
} from "../transport/index.ts";

/** Why a secret was not read, and what to do: a sentence for a log, never with the value in it. */
export class SecretError extends Error {
  override readonly name = "SecretError";
}

/** AWS's message is left out: it names accounts and roles. */
export function secretSentence({ cause, failureClass, attempts }: FailedRequest): string {
  const name = nameOf(cause);
  const error = quoted(systemName(cause));
  if (cause instanceof LongAnswerError) return longAnswerSentence("Secrets Manager", cause);
  if (failureClass === "credentials" || failureClass === "clock-corrected") return credentialsSentence(cause);
  if (failureClass === "untrusted") return untrustedSentence("Secrets Manager", cause);
  if (failureClass === "throttled") {
    return `Secrets Manager accepts fewer requests at the moment (${error}). Try again in a minute.`;
  }
  // Secrets Manager answers AccessDeniedException for its own permission and for the key's.
  if (name === "DecryptionFailure" || /\bkms\b/i.test(messageOf(cause))) {
    return `its encryption key cannot be used (${error}). Grant kms:Decrypt on it to this role, in the role's policy and in the key's own, and see that the key is enabled.`;
  }
  if (name === "AccessDeniedException") {
    return "access denied. Grant secretsmanager:GetSecretValue on it to this role.";
  }
  if (name === "ResourceNotFoundException") {
    return "it does not exist in its account and region, or has no value. Create it, or correct its ARN.";
  }
  if (name === "InvalidRequestException") {
    return `it is marked for deletion, or is in use by a service (${error}). Restore it, or name another one.`;
  }
  if (failureClass === "rejected") return `Secrets Manager refused it (${error}). Check its ARN.`;
  if ((statusOf(cause) ?? 0) >= 500) {
    return `Secrets Manager failed ${attempts} times (${error}). Try again in a minute.`;
  }
  return `Secrets Manager did not answer (${error}). Check the network's way to it, and try again.`;
}
