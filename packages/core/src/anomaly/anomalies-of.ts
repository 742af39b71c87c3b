import type { Day } from "../calendar/index.ts";
import type { DailyFigures, DailyNumbers, DailyUsageType } from "../daily/index.ts";
import { type DayGrid, dayGrid, seriesOf, wholeCents } from "../forecast/index.ts";
import { moneyFromNumber, subtract } from "../money/index.ts";
import type { Anomaly, AnomalyRow, AnomalyScope } from "./anomaly.ts";
import { anomalyId } from "./anomaly-id.ts";
import { causeOf } from "./cause.ts";
import { type JudgedDay, judgedDay } from "./judged-day.ts";
import { leastExcess } from "./least-excess.ts";

/** The part of a service's excess that makes a usage type the whole of it. */
const WHOLE = 0.8;

/** The part of an excess from which something else explains it. */
const EXPLAINED = 0.5;

/** Rows behind an anomaly. */
const ROWS = 5;

/** Weeks before a day in which one day must differ from it by the least excess, else it is as expected. */
const WEEKS = 7;

/**
 * The unusual costs of a day, largest excess first (a fall counts as its size); ties by name. Each event once: as the
 * usage type that explains its service, else as the service; a cost center only where no service explains it, and a fall
 * not at all where a credit or a refund explains it. What is unusual: see `judgedDay`.
 * @param day one of the days of the figures, complete; otherwise there is none
 */
export function anomaliesOf(figures: DailyFigures, day: Day): readonly Anomaly[] {
  const { days, completeThrough } = figures;
  const at = days.indexOf(day);
  const [first] = days;
  if (first === undefined || at === -1 || completeThrough === null || day > completeThrough) return [];
  const context: AnomalyContext = {
    figures,
    grid: dayGrid(first, at + 1),
    at,
    least: leastExcess(figures.total, at),
  };
  const services = movedServices(context);
  const centers = unusualCostCenters(context, services);
  return [...services, ...centers]
    .flatMap(({ anomaly, excess }) => (anomaly === null ? [] : [{ anomaly, excess }]))
    .map(({ anomaly, excess }) => ({ anomaly, size: Math.abs(excess), name: anomaly.scope.name }))
    .sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .map(({ anomaly }) => anomaly);
}

interface AnomalyContext {
  readonly figures: DailyFigures;
  readonly grid: DayGrid;
  readonly at: number;
  readonly least: number;
}

interface Moved {
  /** `null` for a service that moved no further than it does usually. */
  readonly anomaly: Anomaly | null;
  readonly excess: number;
}

interface NamedSeries {
  readonly name: string;
  readonly costs: DailyNumbers;
}

interface JudgedPart extends NamedSeries {
  readonly judged: JudgedDay;
  readonly excess: number;
}

function movedServices(context: AnomalyContext): readonly Moved[] {
  const { figures } = context;
  const candidates = new Set(
    figures.services.filter((one) => mayBeUnusual(one, context)).map(({ name }) => name),
  );
  const usageTypes = new Map<string, DailyUsageType[]>();
  for (const one of figures.usageTypes) {
    const others = usageTypes.get(one.service);
    if (others === undefined) usageTypes.set(one.service, [one]);
    else others.push(one);
    if (mayBeUnusual(one, context)) candidates.add(one.service);
  }
  return figures.services
    .filter(({ name }) => candidates.has(name))
    .flatMap((service) => unusualService(service, usageTypes.get(service.name) ?? [], context));
}

/** At most one anomaly: of the service, or of the usage type that explains it. */
function unusualService(
  service: NamedSeries,
  usageTypes: readonly DailyUsageType[],
  context: AnomalyContext,
): readonly Moved[] {
  const [whole] = judgedParts([service], context);
  if (whole === undefined) return [];
  const parts = judgedParts(
    usageTypes.map((one) => ({ ...one, name: one.usageType })),
    context,
  );
  const unusual = parts.filter(({ judged }) => judged.since !== null);
  // A usage type that others of its service offset is no event: an instance that was replaced by another.
  const [largest] = unusual.filter((part) => isExplainedBy(part, whole.excess, EXPLAINED));
  if (whole.judged.since === null && largest === undefined) return [{ anomaly: null, excess: whole.excess }];
  const sign = whole.judged.since === null ? (largest?.excess ?? 0) : whole.excess;
  if (isCredited(sign < 0 ? whole.excess : 0, context) || isNewLevel(whole, parts)) return [];
  const same = unusual.find(({ excess }) => excess * sign > 0);
  const since = Math.min(
    whole.judged.since ?? Number.POSITIVE_INFINITY,
    same?.judged.since ?? Number.POSITIVE_INFINITY,
  );
  const isOne =
    same !== undefined && (whole.judged.since === null || isExplainedBy(whole, same.excess, WHOLE));
  const found = isOne ? same : whole;
  const scope: AnomalyScope = isOne
    ? { kind: "usage type", service: service.name, name: same.name }
    : { kind: "service", name: service.name };
  const moved = isOne ? usageTypes.filter(({ usageType }) => usageType === same.name) : usageTypes;
  const cause = causeOf(moved, context.grid, { at: context.at, since, excess: found.excess });
  const id = [service.name, sign > 0 ? "up" : "down"];
  const rows = isOne ? [] : rowsOf(parts, found.excess, context);
  return [unusualOf(found, { scope, since, cause, rows, id }, context)];
}

/** Whether the usage types of a service are as expected together: the new level of one is its expectation before the service's. */
function isNewLevel({ judged, excess }: JudgedPart, parts: readonly JudgedPart[]): boolean {
  const cost = parts.reduce((sum, part) => sum + part.judged.cost, 0);
  const explained = parts.reduce((sum, part) => sum + part.excess, 0);
  const areAll = Math.abs(judged.cost - cost) <= (1 - WHOLE) * Math.abs(judged.cost);
  return areAll && explained * Math.sign(excess) < EXPLAINED * Math.abs(excess);
}

function unusualCostCenters(context: AnomalyContext, services: readonly Moved[]): readonly Moved[] {
  const { costCenters, workloads } = context.figures;
  const candidates = costCenters.filter((one) => mayBeUnusual(one, context));
  return judgedParts(candidates, context).flatMap((center) => {
    const { judged, excess, name } = center;
    if (judged.since === null || isCredited(excess, context)) return [];
    if (isExplainedByServices(center, services)) return [];
    const parts = judgedParts(
      workloads.filter(({ costCenter }) => costCenter === name),
      context,
    );
    const rows = rowsOf(parts, excess, context);
    const id = ["cost center", name, excess > 0 ? "up" : "down"];
    const scope: AnomalyScope = { kind: "cost center", name };
    return [unusualOf(center, { scope, since: judged.since, cause: null, rows, id }, context)];
  });
}

/** Whether unusual services explain a cost center, or one service whose usual movement is as large. */
function isExplainedByServices(center: JudgedPart, services: readonly Moved[]): boolean {
  let unusual = 0;
  for (const { anomaly, excess } of services) {
    if (anomaly === null && isExplainedBy(center, excess, WHOLE)) return true;
    if (anomaly !== null && excess * center.excess > 0) unusual += excess;
  }
  return isExplainedBy(center, unusual, EXPLAINED);
}

/** Judged, largest excess first. */
function judgedParts(
  parts: readonly NamedSeries[],
  { grid, at, least }: AnomalyContext,
): readonly JudgedPart[] {
  return parts
    .flatMap(({ name, costs }) => {
      const judged = judgedDay(seriesOf(costs, at + 1), grid, at, least);
      return judged === null ? [] : [{ name, costs, judged, excess: judged.cost - judged.expected }];
    })
    .sort((a, b) => Math.abs(b.excess) - Math.abs(a.excess));
}

/** Whether `by` goes in the direction of an excess and is at least a part of it. */
const isExplainedBy = ({ excess }: { readonly excess: number }, by: number, part: number): boolean =>
  by * excess > 0 && Math.abs(by) >= part * Math.abs(excess);

/** Whether credits and refunds that were not expected explain a fall: they are reported apart. */
function isCredited(excess: number, context: AnomalyContext): boolean {
  if (excess >= 0) return false;
  const credits = context.figures.chargeTypes.filter(({ kind }) => kind === "credit" || kind === "refund");
  const credited = judgedParts(credits, context).reduce((sum, credit) => sum + credit.excess, 0);
  return credited <= WHOLE * excess;
}

/** A day that differs from none of its weekdays by the least excess is as expected: most of a bill is not judged further. */
function mayBeUnusual({ costs }: Pick<NamedSeries, "costs">, { at, least }: AnomalyContext): boolean {
  const cost = costs[at] ?? null;
  if (cost === null) return false;
  for (let before = at - 7; before >= Math.max(0, at - 7 * WEEKS); before -= 7) {
    const other = costs[before] ?? null;
    if (other !== null && Math.abs(cost - other) > least) return true;
  }
  return false;
}

function unusualOf(
  { name: _, judged, excess }: JudgedPart,
  {
    since,
    id,
    ...rest
  }: Pick<Anomaly, "scope" | "cause" | "rows"> & { readonly since: number; readonly id: readonly string[] },
  { figures, at }: AnomalyContext,
): Moved {
  const sinceDay = figures.days[since] ?? "";
  const amounts = amountsOf(judged, figures.currency);
  const anomaly = {
    id: anomalyId([...id, sinceDay]),
    day: figures.days[at] ?? "",
    since: sinceDay,
    ...amounts,
    ...rest,
  };
  return { anomaly, excess };
}

/** What moved in the direction of the excess by a tenth of it at the least. */
function rowsOf(
  parts: readonly JudgedPart[],
  excess: number,
  { figures }: AnomalyContext,
): readonly AnomalyRow[] {
  return parts
    .filter((part) => part.excess * excess > 0 && Math.abs(part.excess) >= Math.abs(excess) / 10)
    .slice(0, ROWS)
    .map(({ name, judged }) => ({ name, ...amountsOf(judged, figures.currency) }));
}

function amountsOf(judged: JudgedDay, currency: string) {
  const cost = moneyFromNumber(judged.cost, currency);
  const expected = wholeCents(judged.expected, currency);
  return { cost, expected, excess: subtract(cost, expected) };
}
