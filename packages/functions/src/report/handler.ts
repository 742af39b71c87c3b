import { randomBytes } from "node:crypto";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { dynamoDbState } from "@dapanoskop/aws/dynamodb-state";
import { s3Store } from "@dapanoskop/aws/s3-store";
import type { NotifiedChannel } from "@dapanoskop/report";
import { reportHandler } from "./report-handler.ts";

/** The entry of the report's Lambda. The code of a sender is loaded when a message needs it. */
export const handler = reportHandler({
  environment: process.env,
  store: (bucket, timeLeft) => s3Store({ bucket, deadline: { timeLeft } }),
  state: (table, timeLeft) => dynamoDbState({ table, deadline: { timeLeft } }),
  async mailer(configurationSet) {
    const { sesMailer } = await import("@dapanoskop/aws/ses");
    return sesMailer({ configurationSet });
  },
  async notifier(channel) {
    if (channel.kind === "sns") {
      const { snsNotifier } = await import("@dapanoskop/aws/sns");
      return snsNotifier({ topicArn: channel.topicArn });
    }
    const { jsonWebhook, slackWebhook, teamsWebhook } = await import("@dapanoskop/webhook");
    const make = { slack: slackWebhook, teams: teamsWebhook, webhook: jsonWebhook }[channel.kind];
    return make(await webhookAddress(channel), { loopback: false });
  },
  now: () => new Date(),
  elapsed: () => performance.now(),
  randomBytes: (count) => randomBytes(count),
  sleep: (milliseconds) => sleep(milliseconds),
  // console.log would put time and request in front, and CloudWatch reads metrics only from a line that is JSON as a whole.
  write: (line) => void process.stdout.write(`${line}\n`),
});

async function webhookAddress({
  address,
}: Exclude<NotifiedChannel, { readonly kind: "sns" }>): Promise<string> {
  if (address.kind === "url") return address.url;
  const { readSecret } = await import("@dapanoskop/aws/secrets");
  return readSecret(address.arn);
}
