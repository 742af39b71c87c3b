import type { Notifier } from "@dapanoskop/core/sending";
import { type WebhookOptions, webhookNotifier } from "./webhook-notifier.ts";

/**
 * Posts the JSON form of a message to any program, which answers with a status of 200 to 299. The tags are header fields:
 * `X-Dapanoskop-Date: 2026-01-14`.
 * @param url a secret: no outcome contains it. One that is not https (http on loopback) is refused by `notify`
 */
export const jsonWebhook = (url: string, options: WebhookOptions = {}): Notifier =>
  webhookNotifier(
    {
      place: "the webhook",
      renewal: "Store the right one.",
      bodyOf: ({ json }) => ({ body: JSON.stringify(json), problem: null }),
    },
    url,
    options,
  );
