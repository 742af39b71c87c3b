import { type Instant, instantOf, isMonth, parseInstant } from "@dapanoskop/core/calendar";
import { visible } from "@dapanoskop/core/text";
import { type CollectEvent, monthsToCollect } from "@dapanoskop/pipeline";
import * as v from "valibot";

/** What an invocation is for. */
export interface CollectRequest {
  /** A backfill may need several invocations; the others must finish in one. */
  readonly kind: "schedule" | "backfill" | "period" | "manual";
  readonly event: CollectEvent;
}

/** The event is not one that this function accepts: a sentence that says what is wrong and what it accepts. */
export class EventError extends Error {
  constructor(sentence: string) {
    super(`${sentence} No request was made and nothing was written.`);
    this.name = "EventError";
  }
}

/** Closed months before the running one that Cost Explorer answers for without an opt-in. */
const USUAL_BACKFILL = 13;
const LONGEST_BACKFILL = 37;

const DAY = 86_400_000;

/**
 * Reads the event of an invocation:
 *
 * - a schedule of EventBridge or its Scheduler; its `time` is the clock, however late it is delivered
 * - `{ "backfill": true, "months": 13, "force": false, "at": "…" }`
 * - `{ "period": "2026-01", "force": false, "at": "…" }`
 * - `{ "force": false, "at": "…" }`: the usual months; a Scheduler's own input may say
 *   `{ "at": "<aws.scheduler.scheduled-time>" }`
 *
 * All fields are optional; without `at` the time is now. Another event of the same time does not read again what the
 * first one published. A backfill has no time that stays the same between invocations, so it leaves out what was
 * collected in the last 24 hours, and continues where the one before ended.
 * @param now of this machine
 * @throws EventError
 */
export function collectRequest(input: unknown, now: Date): CollectRequest {
  const fields = fieldsOf(input);
  const request = fields.has("detail-type") ? scheduled(fields) : manual(fields, instantOf(now));
  const { at } = request.event;
  // Data published under a future time would replace everything that is collected until then.
  if (Date.parse(at) > now.getTime() + DAY) {
    throw new EventError(`The event's time ${at} is more than a day ahead of this machine's clock.`);
  }
  try {
    monthsToCollect(request.event, null, "");
  } catch (error) {
    if (error instanceof RangeError) throw new EventError(error.message);
    throw error;
  }
  return request;
}

function fieldsOf(input: unknown): ReadonlyMap<string, unknown> {
  if (typeof input === "object" && input !== null && !Array.isArray(input)) {
    return new Map(Object.entries(input));
  }
  throw new EventError(`The event is not a JSON object. ${TAKES}`);
}

const instant = v.pipe(
  v.string(),
  v.check((text) => !fails(() => parseInstant(text))),
  v.transform(parseInstant),
);

/** EventBridge may add fields to its envelope: others are ignored. */
const schedule = v.object({
  "detail-type": v.literal("Scheduled Event"),
  source: v.picklist(["aws.events", "aws.scheduler"]),
  time: instant,
});

function scheduled(fields: ReadonlyMap<string, unknown>): CollectRequest {
  const { "detail-type": type, source, time } = schedule.entries;
  if (!v.is(type, fields.get("detail-type")) || !v.is(source, fields.get("source"))) {
    const found = ["source", "detail-type"].map((name) => shown(fields.get(name))).join(" says ");
    throw new EventError(`The event is no schedule: ${found}. Only "Scheduled Event" collects.`);
  }
  const at = v.safeParse(time, fields.get("time"));
  if (!at.success) {
    throw new EventError(
      `The schedule's "time" is ${shown(fields.get("time"))}, not a time like 2026-03-08T06:00:00Z.`,
    );
  }
  return { kind: "schedule", event: { at: at.output, backfill: 0, force: false, freshSince: at.output } };
}

const manualEvent = v.object({
  at: v.optional(instant),
  backfill: v.optional(v.boolean()),
  months: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LONGEST_BACKFILL))),
  period: v.optional(v.pipe(v.string(), v.check(isMonth))),
  force: v.optional(v.boolean()),
});

type ManualField = keyof typeof manualEvent.entries;

const reads: Readonly<Record<ManualField, string>> = {
  at: "a time like 2026-03-08T06:00:00Z",
  backfill: "true or false",
  months: `a whole number from 1 to ${LONGEST_BACKFILL}`,
  period: "a month like 2026-01",
  force: "true or false",
};

const manualFields = Object.keys(manualEvent.entries);
const TAKES = `It takes ${manualFields.map((name) => JSON.stringify(name)).join(", ")}, or is a schedule's.`;

function manual(fields: ReadonlyMap<string, unknown>, now: Instant): CollectRequest {
  const unknown = [...fields.keys()].find((name) => !manualFields.includes(name));
  if (unknown !== undefined) {
    throw new EventError(`The event has a field ${shown(unknown)} that is not known. ${TAKES}`);
  }
  const parsed = v.safeParse(manualEvent, Object.fromEntries(fields));
  if (!parsed.success) throw wrongField(fields, v.getDotPath(parsed.issues[0]));
  const { at = now, backfill = false, months, period, force = false } = parsed.output;
  if (backfill && period !== undefined) {
    throw new EventError('The event has both "backfill" and "period". Use one of them.');
  }
  if (!backfill && months !== undefined) {
    throw new EventError('The event has "months" without "backfill": true.');
  }
  const freshSince = backfill ? instantOf(new Date(Date.parse(at) - DAY)) : at;
  return {
    kind: backfill ? "backfill" : period === undefined ? "manual" : "period",
    event: {
      at,
      backfill: backfill ? (months ?? USUAL_BACKFILL) : 0,
      force,
      freshSince,
      ...(period === undefined ? {} : { period }),
    },
  };
}

function wrongField(fields: ReadonlyMap<string, unknown>, path: string | null): EventError {
  const field = (Object.keys(reads) as ManualField[]).find((name) => name === path) ?? "at";
  return new EventError(`The event's "${field}" is ${shown(fields.get(field))}; it takes ${reads[field]}.`);
}

function fails(read: () => unknown): boolean {
  try {
    read();
    return false;
  } catch {
    return true;
  }
}

/** A value from the event, fit for a sentence. */
const shown = (value: unknown) => visible(JSON.stringify(value) ?? "missing", 60);
