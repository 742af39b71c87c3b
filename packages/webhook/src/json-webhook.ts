import type { Notifier } from "@dapanoskop/core/sending";
import type { WebhookOptions } from "./webhook-options.ts";

/**
 * Posts the JSON form of a message to any program.
 * @param url a secret: it is in no outcome. One that is not https (http on loopback) is refused by `notify`
 */
export function jsonWebhook(_url: string, _options: WebhookOptions = {}): Notifier {
  return {
    place: "the webhook",
    notify: async () => ({
      outcome: "refused",
      isRetryable: false,
      reason: "Webhooks are not posted to yet.",
    }),
  };
}
