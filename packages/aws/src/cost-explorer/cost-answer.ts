import { addDays, type Day, monthOf, type Window } from "@dapanoskop/core/calendar";
import type { CostAnswer, CostQuery, CostRow } from "@dapanoskop/core/source";
import { counted, quoted } from "@dapanoskop/core/text";
import { parseQuantity, type Quantity } from "@dapanoskop/core/usage";
import type { CostPage, Metrics } from "./answer-schema.ts";
import { QUANTITY_METRIC } from "./aws-names.ts";
import { groupKey } from "./group-key.ts";
import type { ReadCost } from "./one-currency.ts";
import { protocolError, type QueryContext } from "./query-context.ts";

type CostPageResult = CostPage["ResultsByTime"][number];

/** An answer, read page by page. */
export interface OpenAnswer {
  /** @throws CostSourceError "protocol" or "currency", naming the page */
  add(results: readonly CostPageResult[], page: number): void;
  result(): CostAnswer;
}

/**
 * Puts the pages of a query together. Cost Explorer cuts pages by groups, so a charge period may continue on the next
 * page; a group that comes twice would be counted twice and is an error.
 */
export function openAnswer(query: CostQuery, context: QueryContext, readCost: ReadCost): OpenAnswer {
  const rows: CostRow[] = [];
  const estimated = new Set<Day>();
  const periods = new Map<Day, Day>();
  const groups = new Set<string>();

  const addRow = (day: Day, rawKeys: readonly string[], metrics: Metrics, page: number) => {
    const where = () => `page ${page}, ${day}, group ${quoted(JSON.stringify(rawKeys), 160)}`;
    const fail = (what: string, options?: ErrorOptions) =>
      protocolError(context, `${where()} ${what}.`, options);
    if (rawKeys.length !== query.groupBy.length) {
      throw fail(`has ${counted(rawKeys.length, "key")} where ${query.groupBy.length} were queried`);
    }
    const identity = JSON.stringify([day, rawKeys]);
    if (groups.has(identity)) throw fail("comes twice: it would be counted twice");
    groups.add(identity);
    const cost = metrics[query.metric];
    if (cost === undefined) throw fail(`lacks the metric ${query.metric}`);
    try {
      rows.push({
        day,
        keys: query.groupBy.map((grouping, at) => groupKey(grouping, rawKeys[at] ?? "")),
        cost: readCost(cost, context, where),
        quantity: quantityOf(metrics),
      });
    } catch (cause) {
      if (cause instanceof RangeError) throw fail(`has ${cause.message}`, { cause });
      throw cause;
    }
  };

  return {
    add(results, page) {
      for (const result of results) {
        const { Start: start, End: end } = result.TimePeriod;
        const wrong = wrongPeriod({ start, end }, query, periods);
        if (wrong !== null) {
          throw protocolError(
            context,
            `page ${page} answers for the period [${start}, ${end}), which ${wrong}.`,
          );
        }
        periods.set(start, end);
        if (result.Estimated) estimated.add(start);
        for (const { keys, metrics } of groupsOf(result, query, context, page)) {
          addRow(start, keys, metrics, page);
        }
      }
    },
    result: () => ({ rows, estimated: [...estimated].sort() }),
  };
}

/** Why a period cannot be part of the answer; `null` when it can. Its window is a day, or lies within one month. */
function wrongPeriod(
  { start, end }: Window,
  { window, granularity }: CostQuery,
  seen: ReadonlyMap<Day, Day>,
): string | null {
  if (start >= end) return "contains no day";
  if (start < window.start || end > window.end) return "lies outside of the window of the query";
  const oneDay = end === addDays(start, 1);
  if (granularity === "DAILY" && !oneDay) return "is not one day";
  if (granularity === "MONTHLY" && monthOf(start) !== monthOf(addDays(end, -1))) return "spans two months";
  if (seen.get(start) === end) return null;
  for (const [otherStart, otherEnd] of seen) {
    if (start < otherEnd && otherStart < end) return `overlaps [${otherStart}, ${otherEnd})`;
  }
  return null;
}

/** The groups of a result. The total of an ungrouped query is one group without keys. */
function groupsOf(
  { TimePeriod, Groups, Total }: CostPageResult,
  { groupBy }: CostQuery,
  context: QueryContext,
  page: number,
): readonly { readonly keys: readonly string[]; readonly metrics: Metrics }[] {
  const fail = (what: string) => protocolError(context, `page ${page}, ${TimePeriod.Start} ${what}.`);
  if (groupBy.length > 0) {
    if (!Groups) throw fail("lacks its groups");
    return Groups.map(({ Keys, Metrics }) => ({ keys: Keys, metrics: Metrics }));
  }
  if (Groups && Groups.length > 0) throw fail("has groups that were not queried");
  if (!Total) throw fail("lacks its total");
  return [{ keys: [], metrics: Total }];
}

/** @throws RangeError when it is missing or no number */
function quantityOf(metrics: Metrics): Quantity {
  const quantity = metrics[QUANTITY_METRIC];
  if (quantity === undefined) throw new RangeError(`no metric ${QUANTITY_METRIC}`);
  try {
    // A quantity without a unit means no more than one of mixed units, which Cost Explorer writes N/A.
    return parseQuantity(quantity.Amount, quantity.Unit ?? "N/A");
  } catch (cause) {
    throw new RangeError(`a quantity that is no number: ${quoted(quantity.Amount)}`, { cause });
  }
}
