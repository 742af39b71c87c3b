import { instantOf } from "@dapanoskop/core/calendar";
import { moneyNumber } from "@dapanoskop/core/money";
import type { CostSource } from "@dapanoskop/core/source";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { counted } from "@dapanoskop/core/text";
import { type ParquetCodec, runId } from "@dapanoskop/dataset";
import { type CollectConfig, type CollectResult, collect } from "@dapanoskop/pipeline";
import { type Environment, type LambdaContext, logTo, type Metric, metricLine } from "../lambda/index.ts";
import { collectEnvironment } from "./collect-environment.ts";
import { type CollectRequest, collectRequest } from "./collect-event.ts";
import { CollectError, UnfinishedError } from "./collect-failure.ts";
import { logFailure, logResult, type Requests, resultMetrics, runMetrics } from "./collect-telemetry.ts";

/** What the handler depends on: time, randomness, AWS and the log. All times are milliseconds. */
export interface CollectRuntime {
  readonly environment: Environment;
  /**
   * @param deadline time left until the process is ended
   * @param scope the part of the bill that is read
   */
  source(
    deadline: () => number,
    stopBefore: number,
    scope: Pick<CollectConfig, "billingView" | "accounts">,
  ): CostSource;
  store(bucket: string, deadline: () => number): ArtifactStore;
  readonly parquet: ParquetCodec;
  now(): Date;
  /** A clock that only goes forward. */
  elapsed(): number;
  random(): number;
  randomBytes(count: number): Uint8Array;
  sleep(milliseconds: number): Promise<void>;
  /** One line, without its end. */
  write(line: string): void;
}

export type CollectHandler = (event: unknown, context: LambdaContext) => Promise<CollectResult>;

/** When requests end, so that there is time to publish what was read. */
const STOP_REQUESTS_BEFORE = 25_000;

/** When publishing ends, so that there is time to log the outcome. */
const STOP_PUBLISHING_BEFORE = 1_500;

/**
 * Months that are queried together. A run that ends early publishes the batches that are complete, so small batches lose
 * less, and the days of a batch fit the function's memory; each batch makes five queries. A backfill of 13 months therefore
 * reads some 30 pages where each answer fits one page, which is $0.30 once, instead of some 20. An ordinary day reads no
 * more.
 */
const BATCH_MONTHS = 3;

/**
 * The collector as a Lambda handler: it collects the months of the event and returns the outcome of each.
 * A quarantined month does not fail a run: the handler logs an error, and a metric counts it for the alarm.
 * @returns a function that throws `CollectError` when the run failed, or did not finish what the event requires
 */
export function collectHandler(runtime: CollectRuntime): CollectHandler {
  return async (input, context) => {
    const started = runtime.elapsed();
    const took = () => runtime.elapsed() - started;
    const writeMetrics = metricsWriter(runtime, context);
    let log = logTo(runtime.write, { request_id: context.awsRequestId });
    let source: CostSource | null = null;
    let request: CollectRequest;
    let result: CollectResult;
    try {
      const { bucket, config } = collectEnvironment(runtime.environment);
      request = collectRequest(input, runtime.now());
      const { at } = request.event;
      const run = runId(at, runtime.randomBytes(16));
      log = log.with({ run_id: run, at });
      log.info(startText(request));
      const timeLeft = () => context.getRemainingTimeInMillis() - STOP_PUBLISHING_BEFORE;
      source = runtime.source(() => context.getRemainingTimeInMillis(), STOP_REQUESTS_BEFORE, config);
      result = await collect(request.event, config, {
        source,
        store: runtime.store(bucket, timeLeft),
        parquet: runtime.parquet,
        runId: run,
        runtime: {
          clock: { now: () => instantOf(runtime.now()), sleep: (pause) => runtime.sleep(pause) },
          random: { fraction: () => runtime.random(), bytes: (count) => runtime.randomBytes(count) },
          deadline: { timeLeft },
        },
        batchMonths: BATCH_MONTHS,
        progress: (sentence) => log.info(sentence),
      });
    } catch (cause) {
      const failed = new CollectError(cause);
      logFailure(log, failed);
      writeMetrics(runMetrics(requestsOf(source), false, took()));
      throw failed;
    }
    logResult(log, result);
    const unfinished = unfinishedSentence(request, result);
    writeMetrics(resultMetrics(result, unfinished === null, took()));
    if (unfinished === null) return result;
    const failed = new CollectError(new UnfinishedError(unfinished));
    logFailure(log, failed);
    throw failed;
  };
}

function metricsWriter({ environment, now, write }: CollectRuntime, { functionName }: LambdaContext) {
  const name = functionName || environment.AWS_LAMBDA_FUNCTION_NAME || "collect";
  return (metrics: readonly Metric[]) => write(metricLine(name, metrics, now().getTime()));
}

function startText({ kind, event }: CollectRequest): string {
  const { at, backfill, period, force } = event;
  const what = {
    schedule: "The schedule's months",
    manual: "The usual months",
    backfill: `A backfill of ${counted(backfill ?? 0, "month")}`,
    period: `${period}`,
  }[kind];
  return `${what}, as of ${at}${force ? ", forced" : ""}.`;
}

/** What the source has charged, also for a run that failed. */
function requestsOf(source: CostSource | null): Requests {
  const requestCosts = source?.requestCosts;
  if (requestCosts === undefined) return { pages: 0, other: 0, priceUsd: 0 };
  return {
    pages: requestCosts.pages,
    other: requestCosts.other,
    priceUsd: moneyNumber(requestCosts.priceUsd),
  };
}

/**
 * Why a run that ended has to be repeated; `null` when it need not be. The rest of a backfill is no failure as long as
 * each invocation publishes a month: the result lists the rest, and the next invocation continues there.
 */
function unfinishedSentence({ kind }: CollectRequest, { months }: CollectResult): string | null {
  const failed = months.filter(({ outcome }) => outcome === "failed");
  if (failed.length > 0) return failed.map(({ period, why }) => why ?? `${period} failed.`).join(" ");
  const left = months.filter(({ outOfTime }) => outOfTime === true).map(({ period }) => period);
  const published = months.filter(({ outcome }) => outcome === "published").map(({ period }) => period);
  if (left.length === 0 || (kind === "backfill" && published.length > 0)) return null;
  const done = published.length === 0 ? "Nothing was published." : `Published: ${published.join(", ")}.`;
  return (
    `Time was too short for ${left.join(", ")}. ${done} Send the same event again to collect the rest; if it remains, ` +
    "raise the function's timeout."
  );
}
