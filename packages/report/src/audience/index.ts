export type { Audience, AudienceSchedule, Channel, WebhookAddress } from "./audience.ts";
export { AudienceError } from "./audience-error.ts";
export { reportAudiences } from "./report-audiences.ts";
