export { alertSender, NoAudienceError } from "./alert-sender.ts";
