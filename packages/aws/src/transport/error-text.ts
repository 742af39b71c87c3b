import { quoted } from "@dapanoskop/core/text";
import { messageOf, nameOf, systemName } from "./error-fields.ts";
import { SIGNATURES } from "./failure-class.ts";
import type { LongAnswerError } from "./long-answer-error.ts";

const ARN = /\barn:[^\s"',;]+/g;
const ACCESS_KEY = /\b(?:AKIA|ASIA)[A-Z0-9]{8,}/g;
const ACCOUNT = /(?<!\d)\d{12}(?!\d)/g;
const MAIL_ADDRESS = /[^\s"'`<>,;:()]{1,64}@[^\s"'`<>,;:()]{1,253}/g;

/**
 * A message of AWS, quoted, without what does not belong into a log: mail addresses, keys, accounts; an ARN names account,
 * role and, in its session, often a person.
 */
export function quotedMessage(message: string): string {
  const bounded = message.slice(0, 4_000);
  const masked = bounded
    .replace(ARN, "arn:…")
    .replace(ACCESS_KEY, "(access key)")
    .replace(ACCOUNT, "(account)")
    .replace(MAIL_ADDRESS, "(mail address)");
  return quoted(masked, 400);
}

/** An error without an answer: its code or name, and its message. */
export const quotedCause = (cause: unknown): string =>
  `${quoted(systemName(cause))}: ${quotedMessage(messageOf(cause))}`;

/**
 * What to do about a failure of the class "credentials" or "clock-corrected". AWS's message is left out: that of a
 * signature error may repeat the signed request, its session token included.
 */
export function credentialsSentence(cause: unknown): string {
  const name = nameOf(cause);
  if (TIMES.has(name)) {
    return `AWS does not accept this machine's clock (${quoted(name)}), and the SDK corrects a wrong clock by itself. Set the clock.`;
  }
  const advice = SIGNATURES.has(name)
    ? "The SDK corrects a wrong clock by itself, so check the secret access key first, then this machine's time."
    : "Sign in again (aws sso login), or check the role, AWS_PROFILE and AWS_ACCESS_KEY_ID of this process.";
  return `there are no AWS credentials that work (${quoted(name)}). ${advice}`;
}

const TIMES = new Set(["RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed"]);

/** What to do about a failure of the class "untrusted". */
export const untrustedSentence = (service: string, cause: unknown): string =>
  `the TLS certificate of ${service} is not trusted (${quotedCause(cause)}). Where a proxy opens TLS, add its certificate with NODE_EXTRA_CA_CERTS.`;

export const CHECK_PROXY = "Look for a proxy in between, or at AWS_ENDPOINT_URL.";

export const checkNetwork = (to: string): string =>
  `Check the network's way to ${to}, or AWS_ENDPOINT_URL where it is set, then run again.`;

/** What came instead of an answer that could be read whole: `the answer of S3 is longer than 64 MiB. …` */
export const longAnswerSentence = (service: string, { limit }: LongAnswerError): string =>
  `the answer of ${service} is longer than ${limit >> 20} MiB, which none is. ${CHECK_PROXY}`;
