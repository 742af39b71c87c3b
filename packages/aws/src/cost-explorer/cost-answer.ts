import { addDays, type Day, monthOf, type Window } from "@dapanoskop/core/calendar";
import type { CostAnswer, CostQuery, CostRow } from "@dapanoskop/core/source";
import { parseQuantity, type Quantity } from "@dapanoskop/core/usage";
import { quoted } from "../quoted.ts";
import type { CostPage, Metrics } from "./answer-schema.ts";
import { QUANTITY_METRIC } from "./aws-names.ts";
import { groupKey } from "./group-key.ts";
import { type Inquiry, protocolError } from "./inquiry.ts";
import type { ReadCost } from "./one-currency.ts";

type ResultByTime = CostPage["ResultsByTime"][number];

/** An answer that is being read, page by page. */
export interface OpenAnswer {
  /** @throws CostSourceError "protocol" or "currency", naming the page */
  take(results: readonly ResultByTime[], page: number): void;
  answer(): CostAnswer;
}

/**
 * Puts the pages of a question together. Cost Explorer cuts pages by groups, so a charge period may go on on the next
 * page; a group that comes twice would be counted twice and is an error.
 */
export function openAnswer(question: CostQuery, inquiry: Inquiry, readCost: ReadCost): OpenAnswer {
  const rows: CostRow[] = [];
  const estimated = new Set<Day>();
  const periods = new Map<Day, Day>();
  const groups = new Set<string>();

  const takeRow = (day: Day, rawKeys: readonly string[], metrics: Metrics, page: number) => {
    const where = () => `page ${page}, ${day}, group ${quoted(JSON.stringify(rawKeys), 160)}`;
    const fail = (what: string, options?: ErrorOptions) =>
      protocolError(inquiry, `${where()} ${what}.`, options);
    if (rawKeys.length !== question.groupBy.length) {
      throw fail(`has ${rawKeys.length} keys where ${question.groupBy.length} were asked for`);
    }
    const identity = JSON.stringify([day, rawKeys]);
    if (groups.has(identity)) throw fail("was answered before: it would be counted twice");
    groups.add(identity);
    const cost = metrics[question.metric];
    if (cost === undefined) throw fail(`lacks the metric ${question.metric}`);
    try {
      rows.push({
        day,
        keys: question.groupBy.map((grouping, at) => groupKey(grouping, rawKeys[at] ?? "")),
        cost: readCost(cost, inquiry, where),
        quantity: quantityOf(metrics),
      });
    } catch (cause) {
      if (cause instanceof RangeError) throw fail(`has ${cause.message}`, { cause });
      throw cause;
    }
  };

  return {
    take(results, page) {
      for (const result of results) {
        const { Start: start, End: end } = result.TimePeriod;
        const wrong = wrongPeriod({ start, end }, question, periods);
        if (wrong !== null) {
          throw protocolError(
            inquiry,
            `page ${page} answers for the period [${start}, ${end}), which ${wrong}.`,
          );
        }
        periods.set(start, end);
        if (result.Estimated) estimated.add(start);
        for (const { keys, metrics } of groupsOf(result, question, inquiry, page)) {
          takeRow(start, keys, metrics, page);
        }
      }
    },
    answer: () => ({ rows, estimated: [...estimated].sort() }),
  };
}

/** Why a period cannot be part of the answer; `null` when it can. Its window is a day, or lies within one month. */
function wrongPeriod(
  { start, end }: Window,
  { window, granularity }: CostQuery,
  known: ReadonlyMap<Day, Day>,
): string | null {
  if (start >= end) return "holds no day";
  if (start < window.start || end > window.end) return "lies outside of what was asked";
  const oneDay = end === addDays(start, 1);
  if (granularity === "DAILY" && !oneDay) return "is not one day";
  if (granularity === "MONTHLY" && monthOf(start) !== monthOf(addDays(end, -1))) return "spans two months";
  if (known.get(start) === end) return null;
  for (const [otherStart, otherEnd] of known) {
    if (start < otherEnd && otherStart < end) return `overlaps [${otherStart}, ${otherEnd})`;
  }
  return null;
}

/** A result's groups; of an ungrouped question its total, as the one group without keys. */
function groupsOf(
  { TimePeriod, Groups, Total }: ResultByTime,
  { groupBy }: CostQuery,
  inquiry: Inquiry,
  page: number,
): readonly { readonly keys: readonly string[]; readonly metrics: Metrics }[] {
  const fail = (what: string) => protocolError(inquiry, `page ${page}, ${TimePeriod.Start} ${what}.`);
  if (groupBy.length > 0) {
    if (!Groups) throw fail("lacks its groups");
    return Groups.map(({ Keys, Metrics }) => ({ keys: Keys, metrics: Metrics }));
  }
  if (Groups && Groups.length > 0) throw fail("is told apart by groups that were not asked for");
  if (!Total) throw fail("lacks its total");
  return [{ keys: [], metrics: Total }];
}

/** @throws RangeError when it is missing or no number */
function quantityOf(metrics: Metrics): Quantity {
  const quantity = metrics[QUANTITY_METRIC];
  if (quantity === undefined) throw new RangeError(`no metric ${QUANTITY_METRIC}`);
  try {
    // Without a unit nothing can be said of the quantity: the same as mixed units, which Cost Explorer writes N/A.
    return parseQuantity(quantity.Amount, quantity.Unit ?? "N/A");
  } catch (cause) {
    throw new RangeError(`a quantity that is no number: ${quoted(quantity.Amount)}`, { cause });
  }
}
