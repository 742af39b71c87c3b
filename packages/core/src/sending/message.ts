/** A message in every form that a channel needs: the same figures in each. Names from the bill are harmless in each form. */
export interface RenderedMessage {
  /** One line without control characters. */
  readonly subject: string;
  readonly text: string;
  /** A whole HTML document without script, remote content and tracking. */
  readonly html: string;
  readonly slack: SlackMessage;
  /** For programs: what a plain webhook posts. */
  readonly json: unknown;
}

/** What a Slack incoming webhook takes. */
export interface SlackMessage {
  /** What a notification shows, and what is shown where blocks are not. */
  readonly text: string;
  readonly blocks: readonly object[];
}

/**
 * What tells this message apart from every other one: SES tags, header fields. Names and values are 1 to 256 characters of
 * `A-Z a-z 0-9 _ -`.
 */
export type MessageTags = Readonly<Record<string, string>>;
