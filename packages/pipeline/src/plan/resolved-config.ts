import {
  addMonths,
  eventMonth,
  firstDay,
  type Instant,
  monthWindow,
  type Window,
  windowOf,
} from "@dapanoskop/core/calendar";
import { type CostSource, CostSourceError, describeSource, type SplitCharge } from "@dapanoskop/core/source";
import type { CollectConfig } from "../options/index.ts";
import { configHash } from "./config-hash.ts";

/** A configuration with what the account defines: its cost category, and the split rules of that. */
export interface ResolvedConfig extends Omit<CollectConfig, "splitCharges"> {
  readonly splitCharges: readonly SplitCharge[];
  /** SHA-256 of all of it and of the provider, hex: only months of the same hash are compared with each other. */
  readonly hash: string;
  /** The hash that this configuration has where its split rules cannot be read: `hash` itself where this run could not. */
  readonly hashWithoutRules: string;
  /** Sentences about what the account did not answer, and what to do. */
  readonly warnings: readonly string[];
}

/** What is read from an account before any month. */
type AccountQuery = "costCategories" | "splitCharges";

/** Requests for each, to an account of one page: split rules are found in a list of definitions, then in one of them. */
const REQUESTS: Readonly<Record<AccountQuery, number>> = { costCategories: 1, splitCharges: 2 };

/** The definition of a cost category shows that it exists; without split rules only the list does. */
function accountQueries({ costCategory, splitCharges }: CollectConfig): readonly AccountQuery[] {
  if (!splitCharges) return ["costCategories"];
  return costCategory === null ? ["costCategories", "splitCharges"] : ["splitCharges"];
}

/** The requests that `resolveConfig` makes at most, unless a named cost category has no definition. */
export const accountRequests = (config: CollectConfig): number =>
  accountQueries(config).reduce((total, query) => total + REQUESTS[query], 0);

/**
 * Reads which cost category there is and how its shared costs are split. Split rules are an addition: where they are
 * refused or fail, the months are computed without them, under a hash of their own, with a warning. An account without
 * cost categories is a normal case.
 * @throws CostSourceError when a cost category is named that does not exist, or the cost categories cannot be listed
 */
export async function resolveConfig(
  source: CostSource,
  config: CollectConfig,
  at: Instant,
): Promise<ResolvedConfig> {
  const window = recentWindow(at);
  const costCategory = config.costCategory ?? (await source.costCategories(window))[0] ?? null;
  const { rules, failure } =
    costCategory !== null && accountQueries(config).includes("splitCharges")
      ? await splitRules(source, costCategory)
      : { rules: null, failure: null };
  if (rules === null && config.costCategory !== null) await mustExist(source, config.costCategory, window);
  const resolved = { ...config, costCategory, splitCharges: rules ?? [] };
  const { provider } = describeSource(source, resolved);
  const hashWithoutRules = await configHash({ ...resolved, splitCharges: null }, provider);
  return {
    ...resolved,
    hash: failure === null ? await configHash(resolved, provider) : hashWithoutRules,
    hashWithoutRules,
    warnings: failure === null ? [] : [withoutSplits(costCategory, failure)],
  };
}

/** Where cost categories are looked for: the last closed month and what has passed of the running one. */
function recentWindow(at: Instant): Window {
  const month = eventMonth(at);
  const { end } = windowOf(month, at);
  const start = monthWindow(addMonths(month, -1)).start;
  return { start, end: end > firstDay(month) && end < monthWindow(month).end ? end : firstDay(month) };
}

/** The split rules of a cost category; `null` when no such cost category is defined, or with the failure to read them. */
async function splitRules(source: CostSource, costCategory: string) {
  try {
    return { rules: await source.splitCharges(costCategory), failure: null };
  } catch (failure) {
    if (!(failure instanceof CostSourceError)) throw failure;
    return { rules: null, failure };
  }
}

const withoutSplits = (costCategory: string | null, { message }: CostSourceError) =>
  `Costs are collected without split charges, because the rules of Cost Category ${JSON.stringify(costCategory)} could ` +
  `not be read. ${message}`;

// A role may not list the definitions, and without split charges they are not read: a cost category with cost exists.
async function mustExist(source: CostSource, name: string, window: Window): Promise<void> {
  const known = await source.costCategories(window);
  if (known.includes(name)) return;
  const place = (source.kind ?? "Cost Explorer") === "Cost Explorer" ? "this account" : "this bill";
  const others =
    known.length > 0
      ? `${place} has ${known.map((other) => JSON.stringify(other)).join(", ")}`
      : `${place} has none with cost`;
  throw new CostSourceError(
    "validation",
    window,
    `There is no Cost Category ${JSON.stringify(name)}: ${others}. Name one of them, or none to take the first.`,
  );
}
