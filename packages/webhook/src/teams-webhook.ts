import type { Notifier } from "@dapanoskop/core/sending";
import type { WebhookOptions } from "./webhook-options.ts";

/**
 * Posts the text of a message as an Adaptive Card to a webhook of Teams Workflows.
 * @param url a secret: it is in no outcome. One that is not https (http on loopback) is refused by `notify`
 */
export function teamsWebhook(_url: string, _options: WebhookOptions = {}): Notifier {
  return {
    place: "the Teams webhook",
    notify: async () => ({
      outcome: "refused",
      isRetryable: false,
      reason: "Webhooks are not posted to yet.",
    }),
  };
}
