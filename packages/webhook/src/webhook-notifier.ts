import {
  accepted,
  type MessageTags,
  messageProblem,
  type Notifier,
  type RenderedMessage,
  refusedForGood,
  refusedForNow,
  type SendOutcome,
  tagHeaders,
  unknownOutcome,
} from "@dapanoskop/core/sending";
import { quoted } from "@dapanoskop/core/text";
import { type PostResult, post } from "./post.ts";
import { urlProblem } from "./webhook-url.ts";

export interface WebhookOptions {
  /** How long the whole answer may take, in milliseconds. */
  readonly timeout?: number;
  /**
   * Whether http to loopback is posted to, as to a receiver on a person's own machine. In a Lambda function loopback has the
   * function's own runtime. Default: true.
   */
  readonly loopback?: boolean;
}

/** What differs between the services that have webhooks. */
export interface WebhookService {
  /** In words, without the URL: `the Slack webhook`. */
  readonly place: string;
  /** Where a person creates a new URL, for sentences. */
  readonly renewal: string;
  /** Why this URL cannot be posted to, beyond what holds for every webhook. */
  readonly urlProblem?: (url: URL) => string | null;
  /** The body to post, or why the message cannot be posted. */
  bodyOf(message: RenderedMessage, tags: MessageTags): WebhookBody;
  /** What an answer means that the service gives in its own way; `null`: its status decides. */
  readonly meaningOf?: (answer: Answered) => SendOutcome | null;
}

export type WebhookBody =
  | { readonly body: string; readonly problem: null }
  | { readonly body: null; readonly problem: string };

export type Answered = Extract<PostResult, { kind: "answered" }>;

// `fetch` gives up connecting after 10 s, with an error that says so. Were this time not longer, a message that certainly
// was not sent would count as one that may have been.
const TIMEOUT = 12_000;

/** A notifier that posts once to a URL. The URL is a secret and stands in no outcome. */
export function webhookNotifier(
  service: WebhookService,
  url: string,
  { timeout = TIMEOUT, loopback = true }: WebhookOptions,
): Notifier {
  const { place } = service;
  return {
    place,
    async notify(message, tags) {
      const problem =
        urlProblem(url, place, loopback) ??
        service.urlProblem?.(new URL(url)) ??
        messageProblem(message.subject, tags);
      if (problem !== null) return refusedForGood(problem);
      const written = service.bodyOf(message, tags);
      if (written.problem !== null) return refusedForGood(written.problem);
      const result = await post(url, written.body, tagHeaders(tags), timeout);
      if (result.kind === "answered") return service.meaningOf?.(result) ?? meaningOfStatus(service, result);
      return meaningOfFailure(place, result);
    },
  };
}

function meaningOfStatus({ place, renewal }: WebhookService, { status, retryAfter }: Answered): SendOutcome {
  const answered = `${place} answered with status ${status}`;
  if (status >= 200 && status < 300) return accepted(null);
  if (status >= 500 || status === 408) {
    return unknownOutcome(`Whether the message was posted is not known: ${answered}. ${CHECK}`);
  }
  const refused = `The message was not posted: ${answered}`;
  if (status === 429) {
    const wait = retryAfter === null ? "" : ` and asks for a pause of ${retryAfter} s`;
    return refusedForNow(`${refused}${wait}: too many messages. Send it again later.`);
  }
  if (status < 400) {
    return refusedForGood(`${refused}, a redirect, which is not followed. Store the URL that it leads to.`);
  }
  if (status === 413)
    return refusedForGood(`${refused}: the message is too large. Report fewer cost centers.`);
  if (GONE.has(status))
    return refusedForGood(`${refused}: the URL is not valid, or not any more. ${renewal}`);
  return refusedForGood(`${refused}. Check that the URL is one of ${place}. ${renewal}`);
}

/** After an answer that was lost. */
export const CHECK = "Check there whether it arrived before you send it again.";

const GONE = new Set([401, 403, 404, 410]);

function meaningOfFailure(place: string, { kind, code }: Exclude<PostResult, Answered>): SendOutcome {
  const error = quoted(code);
  if (kind === "unsent") {
    return refusedForNow(
      `The message was not posted: no connection to ${place} came about (${error}). Check the network's way to it, and the host and port in its URL.`,
    );
  }
  if (kind === "untrusted") {
    return refusedForGood(
      `The message was not posted: the TLS certificate of ${place} is not trusted (${error}). Where a proxy opens TLS, add its certificate with NODE_EXTRA_CA_CERTS.`,
    );
  }
  return unknownOutcome(
    `Whether the message was posted is not known: ${place} did not answer (${error}). ${CHECK}`,
  );
}
