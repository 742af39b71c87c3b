export { emlMailer } from "./eml-mailer.ts";
export { type SmtpOptions, smtpMailer } from "./smtp-mailer.ts";
