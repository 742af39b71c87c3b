import { writeFile } from "node:fs/promises";
import { dayOfInstant } from "@dapanoskop/core/calendar";
import { isRegion } from "@dapanoskop/core/plan";
import {
  type BookEntry,
  bookUnits,
  bookUsages,
  PRICE_BOOK_SCHEMA,
  type PricedUsage,
  priceBookText,
} from "@dapanoskop/core/pricing";
import { counted } from "@dapanoskop/core/text";
import { plainUnit } from "@dapanoskop/core/usage";
import type { CommandContext } from "../command-context.ts";
import { CommandError, UsageError } from "../errors.ts";
import { exitCode } from "../exit-code.ts";
import type { CommandValues } from "../options/command-option.ts";
import { usedByPlan } from "../prices/used-by-plan.ts";
import { silenceNodeVersionWarning } from "../store.ts";
import type { pricesUpdateDefinition } from "./prices-definitions.ts";

/** `dapanoskop prices update`: list prices from AWS into a file. */
export async function pricesUpdate(
  { regions, plan, out: file, at }: CommandValues<typeof pricesUpdateDefinition.options>,
  context: CommandContext,
): Promise<number> {
  const usages = await askedUsages(regions, plan, context);
  const day = at ?? dayOfInstant(context.runtime.clock.now());
  const { err, out } = context;
  err.write(
    `Asking AWS's price list for ${counted(usages.length, "usage type")}: at least ${counted(usages.length, "request")}, which cost nothing.\n`,
  );
  const { entries, absent, requests } = await listOf(usages).read(usages, day);
  const { usable, otherUnits } = byUnit(entries);
  if (usable.length === 0)
    throw new CommandError(`AWS's price list has none of these prices: ${file} is not written.`);
  await writeFile(file, priceBookText({ schema: PRICE_BOOK_SCHEMA, date: day, entries: usable }));
  for (const usage of absent) err.write(`Not listed: ${named(usage)}\n`);
  for (const entry of otherUnits)
    err.write(`Left out, because AWS counts it in ${entry.unit}: ${named(entry)}\n`);
  out.write(
    `${counted(usable.length, "price")} in ${file}, by ${counted(requests, "request")}. Price a plan by them: dapanoskop plan PLAN.json --prices ${file}\n`,
  );
  return exitCode.done;
}

async function askedUsages(
  regions: readonly string[],
  plan: string | null,
  context: CommandContext,
): Promise<readonly PricedUsage[]> {
  const wrong = regions.find((region) => !isRegion(region));
  if (wrong !== undefined)
    throw new UsageError("prices update", "--region must be a region of AWS, like eu-central-1.");
  if (plan === null) {
    if (regions.length === 0)
      throw new UsageError("prices update", "Name the regions (--region), or a plan (--plan).");
    return bookUsages([...new Set(regions)]);
  }
  const used = await usedByPlan(plan, regions[0] ?? null, context);
  if (used.length === 0) throw new CommandError(`${plan} uses nothing that has a price model.`);
  return used;
}

/** The price list of the partition that the regions are in. */
function listOf(usages: readonly PricedUsage[]) {
  return {
    async read(asked: readonly PricedUsage[], day: string) {
      silenceNodeVersionWarning();
      const { priceList } = await import("@dapanoskop/aws/price-list");
      const region = usages.find((usage) => usage.region.startsWith("cn-"))?.region ?? "us-east-1";
      return priceList({ region }).read(asked, day);
    },
  };
}

/** A price model counts in one unit: prices by another one would not be used, and would hide the shipped price. */
function byUnit(entries: readonly BookEntry[]) {
  const isUsable = (entry: BookEntry) => {
    const units = bookUnits(entry);
    return units.size === 0 || units.has(plainUnit(entry.unit));
  };
  return { usable: entries.filter(isUsable), otherUnits: entries.filter((entry) => !isUsable(entry)) };
}

const named = ({ service, usageFamily, region }: PricedUsage) => `${service} ${usageFamily} in ${region}`;
