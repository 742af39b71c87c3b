import { type CategoryRow, categoryTable } from "./category-table.ts";
import type { Category } from "./charge-category.ts";
import { serviceKey } from "./service.ts";
import { parseUsageType } from "./usage-type.ts";

/** A category and how it was found. */
export interface Categorised {
  readonly category: Category;
  readonly known: boolean; // false: no row of the table contains this usage type; it is counted under Other and logged
  readonly rule: string; // the row that decided, by its name in the table
}

/**
 * The category of a usage type under a service: the first row of the category table that fits. Region prefixes are
 * stripped by grammar. `null` is a service that is not known; then the usage type decides alone.
 * Total: any two texts have a category. Not memoised: a bill needs it once per pair.
 */
export function categorise(service: string | null, usageType: string): Categorised {
  const { family } = parseUsageType(usageType.slice(0, longestUsageType));
  for (const row of rowsFor(serviceKey(service))) {
    if (row.usage.test(family)) return row.answer;
  }
  return unknown;
}

const longestUsageType = 256; // AWS's own limit is 128 characters; the rest of a longer text decides nothing

const unknown: Categorised = { category: "Other", known: false, rule: "unknown" };

interface ReadyRow {
  readonly usage: RegExp;
  readonly answer: Categorised;
}

/** Rows by service key, so that a usage type is not compared with the words of 150 other services. */
const rowsByService = new Map<string | null, readonly ReadyRow[]>();

function rowsFor(key: string | null): readonly ReadyRow[] {
  const ready = rowsByService.get(key);
  if (ready !== undefined) return ready;
  const rows = categoryTable.filter((row) => concerns(row, key)).map(readyRow);
  rowsByService.set(key, rows); // bounded: keys come from the service table
  return rows;
}

function concerns(row: CategoryRow, key: string | null): boolean {
  return row.services === "any" || (key !== null && row.services.includes(key));
}

function readyRow(row: CategoryRow): ReadyRow {
  return { usage: row.usage, answer: { category: row.category, known: true, rule: row.rule } };
}
