export { MailEventsError, type MailEventsRuntime, mailEventsHandler } from "./mail-events-handler.ts";
export { MailEventError } from "./ses-event.ts";
