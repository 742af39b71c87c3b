export { type SesAccess, type SesOptions, sesMailer } from "./ses-mailer.ts";
