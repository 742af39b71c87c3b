import { type BudgetsEvaluation, evaluateBudgets, readBudgetFigures } from "@dapanoskop/budgets";
import type { Mailer, MessageTags, Notifier, SendOutcome } from "@dapanoskop/core/sending";
import type { StateStore } from "@dapanoskop/core/state";
import type { ArtifactStore } from "@dapanoskop/core/store";
import {
  alertSender,
  type DeliveryResult,
  deliverDue,
  type NotifiedChannel,
  type ReportChannels,
} from "@dapanoskop/report";
import {
  type Environment,
  type LambdaContext,
  type Log,
  logTo,
  type Metric,
  metricLine,
  runRuntime,
} from "../lambda/index.ts";
import { budgetMetrics, logEvaluation, unalertedSentence } from "./budget-telemetry.ts";
import { reportEnvironment } from "./report-environment.ts";
import { reportEvent } from "./report-event.ts";
import { ReportError, UndeliveredError } from "./report-failure.ts";
import { deliveryMetrics, logAttempt, logDelivery, reportName } from "./report-telemetry.ts";

/** What the handler works through. Time, chance, AWS and the log come in here. All times are milliseconds. */
export interface ReportRuntime {
  readonly environment: Environment;
  store(bucket: string, timeLeft: () => number): ArtifactStore;
  state(table: string, timeLeft: () => number): StateStore;
  /** Loads the code of a sender when a message needs it. */
  mailer(configurationSet: string | null): Promise<Mailer>;
  notifier(channel: NotifiedChannel): Promise<Notifier>;
  now(): Date;
  /** A clock that only goes forward. */
  elapsed(): number;
  randomBytes(count: number): Uint8Array;
  sleep(milliseconds: number): Promise<void>;
  /** One line, without its end. */
  write(line: string): void;
}

/** What an invocation returns: counts, for who invokes it by hand. */
export interface ReportRun {
  readonly last_expected: string;
  readonly complete_through: string | null;
  readonly sent: readonly string[];
  readonly missing: readonly string[];
}

export type ReportHandler = (event: unknown, context: LambdaContext) => Promise<ReportRun>;

/** A run ends by itself after so long: the alarm for a near time-out begins there. */
const LONGEST_RUN = 55_000;

/** What is left of Lambda's own time then, so that the outcome can be told. */
const STOP_BEFORE = 1_500;

/**
 * The daily report as a Lambda handler. It sends what is due at the event's time, at most once.
 * @returns a function that throws `ReportError` when nothing could be worked out, or a report of this run failed or is unknown
 */
export function reportHandler(runtime: ReportRuntime): ReportHandler {
  return async (input, context) => {
    const started = runtime.elapsed();
    const log = logTo(runtime.write, { request_id: context.awsRequestId });
    const writeMetrics = metricsWriter(runtime, context, started);
    const untilStop = () => context.getRemainingTimeInMillis() - STOP_BEFORE;
    const timeLeft = () => Math.min(started + LONGEST_RUN - runtime.elapsed(), untilStop());
    let work: ReportWork;
    try {
      work = prepare(input, runtime, log, { timeLeft, untilStop });
    } catch (cause) {
      throw failed(cause, log, () => writeMetrics([]));
    }
    // A report that cannot be built holds no alert back, and the other way round.
    const [delivered, evaluated] = [
      await attempt(() => deliverDue(...work)),
      await attempt(() => evaluate(work)),
    ];
    if ("value" in delivered) logDelivery(log, delivered.value);
    if ("value" in evaluated) logEvaluation(log, evaluated.value);
    const metrics = [
      ...("value" in delivered ? deliveryMetrics(delivered.value) : []),
      ...("value" in evaluated ? budgetMetrics(evaluated.value) : []),
    ];
    if ("cause" in evaluated && "cause" in delivered) failed(evaluated.cause, log, () => {});
    if ("cause" in delivered) throw failed(delivered.cause, log, () => writeMetrics(metrics));
    if ("cause" in evaluated) throw failed(evaluated.cause, log, () => writeMetrics(metrics));
    writeMetrics(metrics);
    const result = delivered.value;
    const sentences = [undeliveredSentence(result), unalertedSentence(evaluated.value)].filter(
      (sentence) => sentence !== null,
    );
    if (sentences.length > 0) throw new ReportError(new UndeliveredError(sentences.join(" ")));
    return {
      last_expected: result.lastExpected,
      complete_through: result.completeThrough,
      sent: result.reports
        .filter(({ outcome }) => outcome === "sent")
        .map(({ sending: { id } }) => reportName(id.date, id.audience)),
      missing: result.missing.map(({ audience, day }) => reportName(day, audience)),
    };
  };
}

/** Logs why a run failed. @returns the error that ends it */
function failed(cause: unknown, log: Log, writeMetrics: () => void): ReportError {
  const error = new ReportError(cause);
  log.error(error.message, { error: error.kind, place: error.place ?? undefined });
  writeMetrics();
  return error;
}

/** What an event asks for, the settings, and what the run works with. */
type ReportWork = Parameters<typeof deliverDue>;

function prepare(
  input: unknown,
  runtime: ReportRuntime,
  log: Log,
  { timeLeft, untilStop }: Readonly<Record<"timeLeft" | "untilStop", () => number>>,
): ReportWork {
  const { bucket, table, configurationSet, settings } = reportEnvironment(runtime.environment);
  const event = reportEvent(input, bucket, runtime.now());
  log.info(
    `${event.trigger === "schedule" ? "The schedule's reports" : "After a publication"}, as of ${event.at}.`,
    {
      at: event.at,
    },
  );
  const dependencies = {
    store: runtime.store(bucket, timeLeft),
    // What was sent in the last second of a run is still recorded.
    state: runtime.state(table, untilStop),
    channels: loggedChannels(runtime, configurationSet, log),
    runtime: runRuntime(runtime, timeLeft),
  };
  return [event, settings, dependencies];
}

/** The budgets of all owners, at the event's time. */
const evaluate = ([{ at }, settings, dependencies]: ReportWork): Promise<BudgetsEvaluation> =>
  evaluateBudgets(at, {
    ...dependencies,
    figures: (time) => readBudgetFigures(dependencies.store, time),
    sender: alertSender(settings, dependencies),
    dashboardUrl: settings.dashboardUrl,
  });

async function attempt<Value>(
  work: () => Promise<Value>,
): Promise<{ readonly value: Value } | { readonly cause: unknown }> {
  try {
    return { value: await work() };
  } catch (cause) {
    return { cause };
  }
}

/** The senders, with a line in the log for each attempt. */
function loggedChannels(runtime: ReportRuntime, configurationSet: string | null, log: Log): ReportChannels {
  async function logged(tags: MessageTags, attempt: () => Promise<SendOutcome>): Promise<SendOutcome> {
    const started = runtime.elapsed();
    const outcome = await attempt();
    logAttempt(log, tags, outcome, runtime.elapsed() - started);
    return outcome;
  }
  return {
    async mailer() {
      const mailer = await runtime.mailer(configurationSet);
      return { place: mailer.place, send: (mail) => logged(mail.tags, () => mailer.send(mail)) };
    },
    async notifier(channel) {
      const notifier = await runtime.notifier(channel);
      return {
        place: notifier.place,
        notify: (message, tags) => logged(tags, () => notifier.notify(message, tags)),
      };
    },
  };
}

function metricsWriter(runtime: ReportRuntime, { functionName }: LambdaContext, started: number) {
  const name = functionName || runtime.environment.AWS_LAMBDA_FUNCTION_NAME || "report";
  return (metrics: readonly Metric[]) => {
    const duration = {
      name: "Duration",
      unit: "Milliseconds",
      value: Math.round(runtime.elapsed() - started),
    } as const;
    runtime.write(metricLine(name, [...metrics, duration], runtime.now().getTime()));
  };
}

/** Why this run fails, so that the alarm rings; `null` when nothing of it failed. */
function undeliveredSentence({ reports, failures }: DeliveryResult): string | null {
  const named = (outcome: "failed" | "unknown" | "postponed") =>
    reports
      .filter((report) => report.outcome === outcome)
      .map(({ sending: { id } }) => reportName(id.date, id.audience));
  const parts = [
    { what: "FAILED", names: named("failed") },
    { what: "UNKNOWN", names: named("unknown") },
    { what: "without time", names: named("postponed") },
    { what: "not prepared", names: failures.map(({ audience, day }) => reportName(day ?? "?", audience)) },
  ].filter(({ names }) => names.length > 0);
  if (parts.length === 0) return null;
  const text = parts.map(({ what, names }) => `${what}: ${names.join(", ")}`).join("; ");
  return `Reports were not delivered: ${text}. The log has the reason of each, dapanoskop report status what to do.`;
}
