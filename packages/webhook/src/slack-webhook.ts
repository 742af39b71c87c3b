import type { Notifier } from "@dapanoskop/core/sending";
import type { WebhookOptions } from "./webhook-options.ts";

/**
 * Posts the Slack form of a message to a Slack incoming webhook.
 * @param url a secret: it is in no outcome. One that is not https (http on loopback) is refused by `notify`
 */
export function slackWebhook(_url: string, _options: WebhookOptions = {}): Notifier {
  return {
    place: "the Slack webhook",
    notify: async () => ({
      outcome: "refused",
      isRetryable: false,
      reason: "Webhooks are not posted to yet.",
    }),
  };
}
