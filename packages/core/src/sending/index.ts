export type { SendingDependencies } from "./change-record.ts";
export type { Mail, Mailer } from "./mailer.ts";
export type { MessageTags, RenderedMessage, SlackMessage } from "./message.ts";
export { isMailAddress, mailProblem, messageProblem } from "./message-problem.ts";
export type { Notifier } from "./notifier.ts";
export { type PreparedMessage, type SendResult, sendOnce } from "./send-once.ts";
export {
  accepted,
  refusedForGood,
  refusedForNow,
  type SendOutcome,
  unknownOutcome,
} from "./send-outcome.ts";
export {
  type AlertId,
  isLeased,
  knownState,
  type ReportId,
  type Sending,
  type SendingAttempt,
  type SendingEvent,
  type SendingId,
  type SendingState,
  type ShownState,
  shownState,
} from "./sending.ts";
export { recordedSendings, sendingOf, sendingsOf, type UnreadableSending } from "./sendings-of.ts";
export { settle } from "./settle.ts";
export { tagHeaders } from "./tag-headers.ts";
export type { SendOptions } from "./transitions.ts";
