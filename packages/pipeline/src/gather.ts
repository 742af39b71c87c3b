import type { Instant, Month } from "@dapanoskop/core/calendar";
import { monthOf, monthWindow, oldestMonth } from "@dapanoskop/core/calendar";
import {
  type ComparisonLedger,
  isEmpty,
  type MonthForecast,
  type MonthLedger,
  type PeriodBill,
  type PeriodLedger,
  type PriorPeriodToDateLedger,
  periodLedger,
  ReconciliationError,
} from "@dapanoskop/core/ledger";
import { type CostSource, CostSourceError } from "@dapanoskop/core/source";
import {
  askBatch,
  type BatchBills,
  type ForecastResult,
  forecastOf,
  priorPeriodToDateLedger,
  withoutForecast,
} from "./ask.ts";
import { type Batch, batch, batchesByHistory, comparedWith } from "./batch.ts";
import type { ResolvedConfig } from "./config.ts";
import type { MonthOutcome } from "./event.ts";
import { runsAt } from "./plan.ts";

/** What a gathering needs. */
export interface Gathering {
  readonly source: CostSource;
  readonly config: ResolvedConfig;
  readonly at: Instant;
  /** Months a request may cover at most. */
  readonly batchMonths: number;
  /** What published files of the same configuration already hold of a comparison; `undefined` when they hold nothing. */
  readonly published: (compared: Month, of: Month) => Promise<ComparisonLedger | undefined>;
  readonly progress: (sentence: string) => void;
}

/** What was gathered: whole months only. */
export interface Gathered {
  readonly months: readonly MonthLedger[];
  /** Months that answered, with nothing in them. */
  readonly empty: readonly Month[];
  /** Months that the source did not answer, or that time did not suffice for. */
  readonly left: readonly MonthOutcome[];
  /** Sentences about what a whole month lacks, by month. */
  readonly warnings: ReadonlyMap<Month, string>;
}

interface Answered {
  readonly ledgers: Map<Month, PeriodLedger>;
  readonly priorPeriodsToDate: Map<Month, PriorPeriodToDateLedger>;
  readonly compared: Map<Month, ComparisonLedger | null>;
  readonly empty: Month[];
  readonly refused: Map<Month, CostSourceError>;
}

/**
 * Gathers months, newest first, each with what it is compared with. When the time runs out, the months that are whole
 * are kept and the others are named. A forecast is asked for last, because a month is whole without it.
 * @throws CostSourceError, ReconciliationError when nothing may be published
 */
export async function gather(months: readonly Month[], dependencies: Gathering): Promise<Gathered> {
  const answered: Answered = {
    ledgers: new Map(),
    priorPeriodsToDate: new Map(),
    compared: new Map(),
    empty: [],
    refused: new Map(),
  };
  const forecasts = new Map<Month, ForecastResult>();
  const late = await untilTimeIsUp(async () => {
    const parts = newestWholeFirst(
      batchesByHistory(months, dependencies.at, "published", dependencies.batchMonths),
    );
    for (const part of parts) {
      await take(part, answered, dependencies);
      await compare(part.months, months, answered, dependencies);
      await forecast(part, answered, forecasts, dependencies);
    }
    // A month that was counted on as a comparison may have been refused after all.
    await compare(months, months, answered, dependencies);
  });
  const whole: MonthLedger[] = [];
  const left: MonthOutcome[] = [];
  const warnings = new Map<Month, string>();
  for (const month of [...months].sort().reverse()) {
    const refusal = answered.refused.get(month);
    const running = runsAt(month, dependencies.at);
    const result =
      forecasts.get(month) ?? (running && late !== null ? withoutForecast(month, late) : undefined);
    const ledger = monthLedger(month, months, answered, result?.forecast ?? null, dependencies.at);
    if (answered.empty.includes(month)) continue;
    if (refusal !== undefined) left.push({ period: month, outcome: "skipped", why: refusal.message });
    else if (ledger !== null) {
      whole.push(ledger);
      if (result?.warning != null) warnings.set(month, result.warning);
    } else
      left.push({
        period: month,
        outcome: "skipped",
        why: `${month} is left: ${late?.message ?? "no time."}`,
        outOfTime: true,
      });
  }
  return { months: whole, empty: answered.empty, left, warnings };
}

/**
 * A backfill of a year holds the month that the newest one is compared with, in its last batch. That batch comes second:
 * when the time runs out, the newest months are whole.
 */
function newestWholeFirst(parts: readonly Batch[]): readonly Batch[] {
  const [newest, ...others] = parts;
  if (newest === undefined) return [];
  const compared = new Set(newest.months.flatMap(comparedWith));
  const isNeeded = (part: Batch) => part.months.some((month) => compared.has(month));
  return [newest, ...others.filter(isNeeded), ...others.filter((part) => !isNeeded(part))];
}

async function untilTimeIsUp(work: () => Promise<void>): Promise<CostSourceError | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof CostSourceError && error.failure === "deadline") return error;
    throw error;
  }
}

async function take(part: Batch, answered: Answered, dependencies: Gathering): Promise<void> {
  dependencies.progress(`Asking for ${spanText(part.months)}`);
  const { bills, like, refused } = await askPatiently(part, dependencies);
  for (const [month, error] of refused) answered.refused.set(month, error);
  for (const bill of bills.values()) {
    const again = () =>
      askBatch(
        dependencies.source,
        dependencies.config,
        batch([bill.period], dependencies.at, part.role),
        dependencies.at,
      );
    const { ledger, empty } = await proven(bill, dependencies.config, async () =>
      (await again()).bills.get(bill.period),
    );
    answered.ledgers.set(bill.period, ledger);
    if (empty) answered.empty.push(bill.period);
  }
  const running = part.months.find((month) => runsAt(month, dependencies.at));
  if (like === null || running === undefined) return;
  const partial = await twice(
    like,
    (span) => priorPeriodToDateLedger(span, dependencies.config),
    async () =>
      (
        await askBatch(
          dependencies.source,
          dependencies.config,
          batch([running], dependencies.at, part.role),
          dependencies.at,
        )
      ).like,
  );
  answered.priorPeriodsToDate.set(running, partial);
}

/** Computes a period; when its answers contradict each other it is asked for once more, and then it is an error. */
async function proven(
  bill: PeriodBill,
  config: ResolvedConfig,
  again: () => Promise<PeriodBill | undefined>,
) {
  return twice(bill, (one) => ({ ledger: periodLedger(one, config), empty: isEmpty(one) }), again);
}

async function twice<Bill, Result>(
  bill: Bill,
  compute: (bill: Bill) => Result,
  again: () => Promise<Bill | null | undefined>,
): Promise<Result> {
  try {
    return compute(bill);
  } catch (error) {
    if (!(error instanceof ReconciliationError)) throw error;
    const second = await again();
    if (second === null || second === undefined) throw error;
    return compute(second);
  }
}

async function forecast(
  part: Batch,
  { ledgers, empty }: Answered,
  forecasts: Map<Month, ForecastResult>,
  { source, config, at }: Gathering,
): Promise<void> {
  const running = part.months.find((month) => runsAt(month, at));
  const ledger = running === undefined ? undefined : ledgers.get(running);
  if (running === undefined || ledger === undefined || empty.includes(running)) return;
  forecasts.set(running, await forecastOf(source, config, ledger, at));
}

/** Settles what a batch's months are compared with: from this run, from our own files, or by asking. */
async function compare(
  batchMonths: readonly Month[],
  targets: readonly Month[],
  answered: Answered,
  dependencies: Gathering,
): Promise<void> {
  const asked = new Set<Month>();
  for (const month of batchMonths.filter(
    (one) => answered.ledgers.has(one) && !answered.empty.includes(one),
  )) {
    for (const other of comparedWith(month)) {
      if (answered.compared.has(other) || isTaken(other, targets, answered)) continue;
      const known = await dependencies.published(other, month);
      if (known !== undefined) answered.compared.set(other, known);
      else if (answered.refused.has(other)) answered.compared.set(other, null);
      else asked.add(other);
    }
  }
  for (const part of batchesByHistory([...asked], dependencies.at, "compared", dependencies.batchMonths)) {
    dependencies.progress(`Asking for ${spanText(part.months)}, to compare with`);
    await takeComparisons(part, answered, dependencies);
  }
}

async function takeComparisons(part: Batch, answered: Answered, dependencies: Gathering): Promise<void> {
  const { bills, refused } = await askPatiently(part, dependencies);
  for (const month of refused.keys()) answered.compared.set(month, null);
  for (const bill of bills.values()) {
    const again = () =>
      askBatch(
        dependencies.source,
        dependencies.config,
        batch([bill.period], dependencies.at, "compared"),
        dependencies.at,
      );
    const { ledger } = await proven(bill, dependencies.config, async () =>
      (await again()).bills.get(bill.period),
    );
    answered.compared.set(bill.period, ledger);
  }
}

/**
 * Asks for a batch. Where the source has nothing for it, its months are asked for one by one, so that one month's
 * absence is not another's; months before the source's memory are refused together.
 */
async function askPatiently(
  part: Batch,
  dependencies: Gathering,
): Promise<BatchBills & { readonly refused: ReadonlyMap<Month, CostSourceError> }> {
  const { source, config, at } = dependencies;
  const unknown = beforeMemory(part, source);
  if (unknown.size > 0 || isBlindSpan(part, source)) {
    const known = part.months.filter((month) => !unknown.has(month));
    if (known.length === 0) return { bills: new Map(), like: null, refused: unknown };
    const rest = batch(known, at, part.role);
    const answer = await askPatiently(
      isBlindSpan(rest, source) ? { ...rest, like: null } : rest,
      dependencies,
    );
    return { ...answer, refused: new Map([...answer.refused, ...unknown]) };
  }
  try {
    return { ...(await askBatch(source, config, part, at)), refused: new Map() };
  } catch (error) {
    if (!isAbsent(error)) throw error;
    const beyond =
      error.failure === "out-of-history" && part.months.every((month) => month < oldestMonth(at));
    if (beyond || (part.months.length === 1 && part.like === null)) {
      return { bills: new Map(), like: null, refused: new Map(part.months.map((month) => [month, error])) };
    }
  }
  const bills = new Map<Month, PeriodBill>();
  const refused = new Map<Month, CostSourceError>();
  for (const month of [...part.months].reverse()) {
    const one = await askPatiently({ ...batch([month], at, part.role), like: null }, dependencies);
    for (const [period, bill] of one.bills) bills.set(period, bill);
    for (const [period, error] of one.refused) refused.set(period, error);
  }
  return { bills, like: null, refused };
}

/** Months before the first one that a source can know of. */
function beforeMemory({ months }: Batch, { since }: CostSource): ReadonlyMap<Month, CostSourceError> {
  if (since === undefined) return new Map();
  const first = monthOf(since);
  const refusal = (month: Month) =>
    new CostSourceError(
      "out-of-history",
      monthWindow(month),
      `${month} is unknown: the bill begins with ${first}.`,
    );
  return new Map(months.filter((month) => month < first).map((month) => [month, refusal(month)]));
}

const isBlindSpan = ({ like }: Batch, { since }: CostSource) =>
  like !== null && since !== undefined && like.start < since;

function isAbsent(error: unknown): error is CostSourceError {
  return error instanceof CostSourceError && ["data-unavailable", "out-of-history"].includes(error.failure);
}

function monthLedger(
  month: Month,
  targets: readonly Month[],
  answered: Answered,
  forecast: MonthForecast | null,
  at: Instant,
): MonthLedger | null {
  const current = answered.ledgers.get(month);
  const [before = "", year = ""] = comparedWith(month);
  const previous = comparisonOf(before, targets, answered);
  const yearBefore = comparisonOf(year, targets, answered);
  if (current === undefined || previous === undefined || yearBefore === undefined) return null;
  const running = runsAt(month, at)
    ? { priorPeriodToDate: answered.priorPeriodsToDate.get(month) ?? null, forecast }
    : null;
  return { current, previous, yearBefore, running };
}

// undefined: not known yet, because the time ran out before it was asked for.
function comparisonOf(
  month: Month,
  targets: readonly Month[],
  answered: Answered,
): ComparisonLedger | null | undefined {
  return isTaken(month, targets, answered) ? answered.ledgers.get(month) : answered.compared.get(month);
}

// A month that this run publishes is compared with as this run sees it, unless the source refused it.
const isTaken = (month: Month, targets: readonly Month[], { refused }: Answered) =>
  targets.includes(month) && !refused.has(month);

const spanText = (months: readonly Month[]) =>
  months.length === 1 ? `${months[0]}` : `${months[0]} to ${months.at(-1)}`;
