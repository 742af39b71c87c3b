/** People or programs who get reports: one message for each date, sent at most once. */
export interface Audience {
  /** 1 to 40 of `a-z`, `0-9` and `-`; unique. It is part of the key of what was sent, so a new name is a new audience. */
  readonly name: string;
  readonly channel: Channel;
  /** The cost centers that the report is of; `null`: all. */
  readonly costCenters: readonly string[] | null;
  readonly schedule: AudienceSchedule;
}

/** How a report reaches an audience. A secret's value is the address of a webhook. */
export type Channel =
  | { readonly kind: "mail"; readonly recipients: readonly string[] }
  | { readonly kind: "slack" | "teams" | "webhook"; readonly address: WebhookAddress }
  | { readonly kind: "sns"; readonly topicArn: string };

/** Where the address of a webhook stands: it is a secret, so a deployment names a secret of Secrets Manager. */
export type WebhookAddress =
  | { readonly kind: "secret"; readonly arn: string }
  | { readonly kind: "url"; readonly url: string };

/**
 * When an audience gets a report: of every day; of the last day of each complete week (Sunday, reported on Monday); or of
 * each day that has an anomaly.
 */
export type AudienceSchedule = "daily" | "weekly" | "anomalies";

export const audienceSchedules = [
  "daily",
  "weekly",
  "anomalies",
] as const satisfies readonly AudienceSchedule[];
