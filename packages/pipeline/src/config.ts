import type { Window } from "@dapanoskop/core/calendar";
import { type CostSource, CostSourceError, type SplitCharge } from "@dapanoskop/core/source";
import { sha256Hex } from "@dapanoskop/dataset";
import type { CollectConfig } from "./event.ts";

/** A configuration with what the account itself says: which cost category there is, and its split rules. */
export interface ResolvedConfig extends Omit<CollectConfig, "splitCharges"> {
  readonly splitCharges: readonly SplitCharge[];
  /** SHA-256 of all of it, hex: months of the same hash compare with each other. */
  readonly hash: string;
}

/**
 * Settles which cost category is read and how its shared costs are split.
 * @param window where spend is looked for when no name is given; an account without cost categories is a normal case
 * @throws CostSourceError when a cost category is named that does not exist
 */
export async function resolveConfig(
  source: CostSource,
  config: CollectConfig,
  window: Window,
): Promise<ResolvedConfig> {
  const costCategory = config.costCategory ?? (await source.costCategories(window))[0] ?? null;
  const rules =
    costCategory === null || !config.splitCharges ? null : await source.splitCharges(costCategory);
  if (rules === null && config.costCategory !== null) await mustExist(source, config.costCategory, window);
  const resolved = { ...config, costCategory, splitCharges: rules ?? [] };
  return { ...resolved, hash: await hashOf(resolved) };
}

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

async function hashOf(config: Omit<ResolvedConfig, "hash">): Promise<string> {
  const { metric, tagKey, costCategory, splitCharges, includeEfs, includeEbs } = config;
  const text = JSON.stringify({ metric, tagKey, costCategory, splitCharges, includeEfs, includeEbs });
  return sha256Hex(new TextEncoder().encode(text));
}
