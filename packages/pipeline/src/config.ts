import type { Window } from "@dapanoskop/core/calendar";
import { type CostSource, CostSourceError, type SplitCharge } from "@dapanoskop/core/source";
import { configHash } from "./config-hash.ts";
import type { CollectConfig } from "./options/index.ts";

/** A configuration with what the account itself says: which cost category there is, and its split rules. */
export interface ResolvedConfig extends Omit<CollectConfig, "splitCharges"> {
  readonly splitCharges: readonly SplitCharge[];
  /** SHA-256 of all of it, hex: months of the same hash compare with each other. */
  readonly hash: string;
  /** The hash that this configuration has where its split rules cannot be read: `hash` itself where this run could not. */
  readonly hashWithoutRules: string;
  /** Sentences about what the account did not say, and what to do. */
  readonly warnings: readonly string[];
}

/**
 * Settles which cost category is read and how its shared costs are split. Split rules are an addition: where they are
 * refused or fail, the months are computed without them, under a hash of their own, with a warning.
 * @param window where spend is looked for when no name is given; an account without cost categories is a normal case
 * @throws CostSourceError when a cost category is named that does not exist, or the cost categories cannot be listed
 */
export async function resolveConfig(
  source: CostSource,
  config: CollectConfig,
  window: Window,
): Promise<ResolvedConfig> {
  const costCategory = config.costCategory ?? (await source.costCategories(window))[0] ?? null;
  const { rules, failure } =
    costCategory === null || !config.splitCharges
      ? { rules: null, failure: null }
      : await splitRules(source, costCategory);
  if (rules === null && config.costCategory !== null) await mustExist(source, config.costCategory, window);
  const resolved = { ...config, costCategory, splitCharges: rules ?? [] };
  const hashWithoutRules = await configHash({ ...resolved, splitCharges: null });
  return {
    ...resolved,
    hash: failure === null ? await configHash(resolved) : hashWithoutRules,
    hashWithoutRules,
    warnings: failure === null ? [] : [withoutSplits(costCategory, failure)],
  };
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

// The definitions are not always ours to list, and without splits nobody asked for them: what has cost exists.
async function mustExist(source: CostSource, name: string, window: Window): Promise<void> {
  const known = await source.costCategories(window);
  if (known.includes(name)) return;
  const others =
    known.length > 0
      ? `this account has ${known.map((other) => JSON.stringify(other)).join(", ")}`
      : "this account has none with cost";
  throw new CostSourceError(
    "validation",
    window,
    `There is no Cost Category ${JSON.stringify(name)}: ${others}. Name one of them, or none to take the first.`,
  );
}
