/** What is known of a message after one attempt to send it. */
export type SendOutcome =
  | {
      readonly outcome: "accepted";
      /** The message's id at the other side; `null` where it gives none. */
      readonly messageId: string | null;
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
