import type { Runtime } from "@dapanoskop/core/runtime";
import { settle } from "@dapanoskop/core/sending";
import { StateError, type StateStore } from "@dapanoskop/core/state";
import { markRecipient, maskedAddress } from "@dapanoskop/report";
import {
  type Environment,
  EnvironmentError,
  environmentReader,
  failureText,
  type LambdaContext,
  type Log,
  logTo,
  metricLine,
  runRuntime,
  withoutAddresses,
} from "../lambda/index.ts";
import { messageName } from "../report/report-telemetry.ts";
import { isFirstDelivery } from "./first-delivery.ts";
import { type MailEvent, MailEventError, sesEvent, snsMessages } from "./ses-event.ts";

/** What the handler works through. All times are milliseconds. */
export interface MailEventsRuntime {
  readonly environment: Environment;
  state(table: string, timeLeft: () => number): StateStore;
  now(): Date;
  randomBytes(count: number): Uint8Array;
  sleep(milliseconds: number): Promise<void>;
  /** One line, without its end. */
  write(line: string): void;
}

/** Recipients in the events of this invocation that were not counted before. */
interface EventCounts {
  bounced: number;
  complained: number;
}

/** Why an event could not be recorded: a sentence without a cause, an address or a secret. */
export class MailEventsError extends Error {
  override readonly name = "MailEventsError";
}

/** What is left of Lambda's own time when waiting ends. */
const STOP_BEFORE = 1_500;

/**
 * Records what SES tells of mails: what was UNKNOWN is settled, and who bounced for good or complained gets no more mail.
 * @returns a function that throws `MailEventsError` when an event was malformed or not recorded: SNS delivers it again
 */
export function mailEventsHandler(runtime: MailEventsRuntime) {
  return async (input: unknown, context: LambdaContext): Promise<void> => {
    const log = logTo(runtime.write, { request_id: context.awsRequestId });
    const counts: EventCounts = { bounced: 0, complained: 0 };
    const failures: string[] = [];
    try {
      const read = environmentReader(runtime.environment);
      const table = read.required("STATE_TABLE", "the table that records what was sent");
      read.check();
      const timeLeft = () => context.getRemainingTimeInMillis() - STOP_BEFORE;
      const recorder = {
        state: runtime.state(table, timeLeft),
        runtime: runRuntime(runtime, timeLeft),
        log,
        counts,
      };
      for (const message of snsMessages(input)) {
        try {
          await record(message, recorder);
        } catch (error) {
          failures.push(explained(error, log));
        }
      }
    } catch (error) {
      failures.push(explained(error, log));
    }
    writeMetrics(runtime, context, counts);
    if (failures.length > 0) throw new MailEventsError(failures.join(" "));
  };
}

/** What records events. */
interface EventRecorder {
  readonly state: StateStore;
  readonly runtime: Runtime;
  readonly log: Log;
  readonly counts: EventCounts;
}

async function record(message: string, recorder: EventRecorder): Promise<void> {
  const { state, runtime, log, counts } = recorder;
  const event = sesEvent(message);
  if ("ignored" in event) {
    log.info(`The event was ignored. ${event.ignored}`);
    return;
  }
  await mark(event, recorder);
  const { id, kind, attempt, at, messageId, recipients } = event;
  const masked = recipients.map(maskedAddress);
  const reason = event.reason;
  const sending = await settle(
    id,
    { kind, attempt, at, messageId, recipients: masked, reason },
    { state, runtime },
  );
  const fields = { report: nameOf(id), attempt, event: kind, message_id: messageId };
  if (sending === null) log.warn("No record has such an attempt: the event was left out.", fields);
  else log.info(`The ${id.kind} is ${sending.state}.`, fields);
  if (kind !== "bounce" && kind !== "complaint") return;
  if (!(await isFirstDelivery(state, message, runtime.clock.now()))) return;
  counts[kind === "bounce" ? "bounced" : "complained"] += recipients.length;
}

const nameOf = ({ kind, date, audience }: MailEvent["id"]) =>
  messageName(kind === "report" ? "daily" : kind, date, audience);

/** A recipient that no mail arrives at, or who complained, is left out of later mails. */
async function mark(
  { kind, recipients, isPermanent, at, reason, id }: MailEvent,
  { state, log }: EventRecorder,
): Promise<void> {
  if ((kind !== "bounce" && kind !== "complaint") || !isPermanent) return;
  for (const address of recipients) {
    await markRecipient(state, address, kind, at);
    log.error(
      `Later reports leave out the recipient ${maskedAddress(address)} after a ${kind}: correct the audience.`,
      {
        report: nameOf(id),
        reason,
      },
    );
  }
}

/** The messages of these errors are complete sentences for a person, and written by this project. */
const EXPECTED = [StateError, EnvironmentError, MailEventError];

function explained(error: unknown, log: Log): string {
  const { message, kind, place } = failureText(error, EXPECTED);
  const text = withoutAddresses(message);
  log.error(text, { error: kind, place: place ?? undefined });
  return text;
}

function writeMetrics(
  { environment, now, write }: MailEventsRuntime,
  { functionName }: LambdaContext,
  { bounced, complained }: EventCounts,
): void {
  const name = functionName || environment.AWS_LAMBDA_FUNCTION_NAME || "mail-events";
  const metrics = [
    { name: "MailsBounced", unit: "Count", value: bounced },
    { name: "MailsComplained", unit: "Count", value: complained },
  ] as const;
  write(metricLine(name, metrics, now().getTime()));
}
