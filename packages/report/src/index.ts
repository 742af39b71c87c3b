export type { Audience, AudienceSchedule, Channel, WebhookAddress } from "./audience/index.ts";
