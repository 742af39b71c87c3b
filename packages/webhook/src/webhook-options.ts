export interface WebhookOptions {
  /** How long a whole answer may take, in milliseconds. */
  readonly timeout?: number;
}
