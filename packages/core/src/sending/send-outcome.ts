/** What is known of a message after one attempt to send it. */
export type SendOutcome =
  | {
      readonly outcome: "accepted";
      /** The message's id at the other side; `null` where it gives none. */
      readonly messageId: string | null;
      /** What failed although the message was sent: a recipient that the server refused. A sentence, without addresses. */
      readonly warning?: string;
    }
  /** It was certainly not sent: refused, throttled, or never connected. */
  | {
      readonly outcome: "refused";
      /** Whether another attempt in some seconds may succeed. */
      readonly isRetryable: boolean;
      /** What failed and what to do. */
      readonly reason: string;
    }
  /** The answer was lost (a timeout, a reset, 5xx): it was sent or not. Nothing may send it again by itself. */
  | { readonly outcome: "unknown"; readonly reason: string };

export const accepted = (messageId: string | null): SendOutcome => ({ outcome: "accepted", messageId });

/** Refused, and another attempt would be refused as well. */
export const refusedForGood = (reason: string): SendOutcome => ({
  outcome: "refused",
  isRetryable: false,
  reason,
});

/** Refused at the moment. */
export const refusedForNow = (reason: string): SendOutcome => ({
  outcome: "refused",
  isRetryable: true,
  reason,
});

export const unknownOutcome = (reason: string): SendOutcome => ({ outcome: "unknown", reason });
