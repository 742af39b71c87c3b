export { jsonWebhook } from "./json-webhook.ts";
export { slackWebhook } from "./slack-webhook.ts";
export { teamsWebhook } from "./teams-webhook.ts";
export type { WebhookOptions } from "./webhook-notifier.ts";
