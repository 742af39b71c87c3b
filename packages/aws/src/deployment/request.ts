import { quoted } from "@dapanoskop/core/text";
import {
  BASES,
  checkNetwork,
  clientSettings,
  credentialsSentence,
  failureClassOf,
  LongAnswerError,
  longAnswerSentence,
  messageOf,
  nameOf,
  quotedCause,
  quotedMessage,
  type Send,
  type ServiceErrorClass,
  sendWithRetries,
  statusOf,
  timeoutsWithDefaults,
  transportRuntime,
  untrustedSentence,
} from "../transport/index.ts";
import { DeploymentError } from "./deployment-error.ts";

/** Settings of the SDK's clients. They find all others themselves (AWS_REGION, AWS_PROFILE, AWS_ENDPOINT_URL, roles). */
export interface DeploymentAccess {
  /** Absent: the region of the environment or the profile. */
  readonly region?: string;
}

const TIMEOUTS = timeoutsWithDefaults();
const POLICY = { ...BASES, attempts: 4, cap: 5_000 };

/** The settings of a client whose requests are sent by `ask`. */
export const clientOf = ({ region }: DeploymentAccess) => ({
  ...(region === undefined ? {} : { region }),
  ...clientSettings(TIMEOUTS),
});

/** A request for sentences: `read the rule dapanoskop-collect`, and the permission that it needs. */
export interface Asked {
  readonly what: string;
  readonly permission: string;
  /** The service, as a person calls it: `EventBridge`. */
  readonly service: string;
  readonly errors: ServiceErrorClass;
  /** The names of errors that are an answer: `ask` then returns `null`. */
  readonly absent?: readonly string[];
}

/**
 * Sends a request until it is answered or the attempts are used up. Every request of a deployment may be sent twice: it reads, or
 * it sets what is set already.
 * @returns `null` where the service says that there is none
 * @throws DeploymentError
 */
export async function ask<Answer>(asked: Asked, send: Send<Answer>): Promise<Answer | null> {
  const outcome = await sendWithRetries(
    { send, classify: (cause) => failureClassOf(cause, asked.errors) },
    { policy: POLICY, timeouts: TIMEOUTS, runtime: transportRuntime({}) },
  );
  if (outcome.answered) return outcome.answer;
  const { cause, failureClass } = outcome.failed;
  if (asked.absent?.includes(nameOf(cause))) return null;
  throw new DeploymentError(`Cannot ${asked.what}: ${sentenceOf(asked, cause, failureClass)}`, { cause });
}

/** Errors of services that mean that the permission is missing. */
const DENIED =
  /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|AuthorizationError|Forbidden|403)$/;

function sentenceOf({ service, permission }: Asked, cause: unknown, failureClass: string): string {
  if (messageOf(cause).startsWith("Region is missing"))
    return "there is no region. Set AWS_REGION, or name it by --region.";
  if (cause instanceof LongAnswerError) return longAnswerSentence(service, cause);
  if (failureClass === "credentials" || failureClass === "clock-corrected") return credentialsSentence(cause);
  if (failureClass === "untrusted") return untrustedSentence(service, cause);
  if (DENIED.test(nameOf(cause)) || statusOf(cause) === 403)
    return `access denied. Grant ${permission} to this identity.`;
  if (failureClass === "throttled")
    return `${service} asks for fewer requests (${quoted(nameOf(cause))}). Run it again in a minute.`;
  if (failureClass === "rejected")
    return `${service} refused it: ${quotedMessage(messageOf(cause))} (${quoted(nameOf(cause))}).`;
  return `${service} did not answer (${quotedCause(cause)}). ${checkNetwork(service)}`;
}
