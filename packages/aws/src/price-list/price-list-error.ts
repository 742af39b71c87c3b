import type { PricedUsage } from "@dapanoskop/core/pricing";
import { quoted } from "@dapanoskop/core/text";
import {
  CHECK_PROXY,
  checkNetwork,
  credentialsSentence,
  type FailedRequest,
  LongAnswerError,
  longAnswerSentence,
  nameOf,
  quotedCause,
  systemName,
  untrustedSentence,
} from "../transport/index.ts";

/** Why a price was not read, of which usage, and what to do. */
export class PriceListError extends Error {
  override readonly name = "PriceListError";

  constructor({ service, usageFamily, region }: PricedUsage, why: string, cause?: unknown) {
    super(
      `The price of ${quoted(usageFamily)} of ${quoted(service)} in ${quoted(region)} was not read: ${why}`,
      {
        cause,
      },
    );
  }
}

/** What AWS or the network said, and what to do. */
export function sentenceOf({ cause, failureClass, attempts }: FailedRequest): string {
  const name = nameOf(cause);
  if (cause instanceof LongAnswerError) return longAnswerSentence("the price list", cause);
  if (failureClass === "credentials") return credentialsSentence(cause);
  if (failureClass === "untrusted") return untrustedSentence("the price list", cause);
  if (name === "AccessDeniedException") return "access denied. Grant pricing:GetProducts to this identity.";
  if (failureClass === "throttled") {
    return `AWS throttled ${attempts} attempts (${quoted(systemName(cause))}). Run again in a minute.`;
  }
  if (failureClass === "rejected") return `AWS refused the request (${quotedCause(cause)}). ${CHECK_PROXY}`;
  return `the price list did not answer ${attempts} times (${quotedCause(cause)}). ${checkNetwork("api.pricing.us-east-1.amazonaws.com")}`;
}
