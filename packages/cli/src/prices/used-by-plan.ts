import { PlanError, planReport, readPlan } from "@dapanoskop/core/plan";
import type { PricedUsage } from "@dapanoskop/core/pricing";
import type { CommandContext } from "../command-context.ts";
import { CommandError } from "../errors.ts";
import { planBytes } from "../plan/plan-bytes.ts";

/**
 * The usages whose prices a plan is priced by, before and after it: each once.
 * @param region of resources for which the plan decides none
 */
export async function usedByPlan(
  file: string,
  region: string | null,
  context: CommandContext,
): Promise<readonly PricedUsage[]> {
  const used = new Map<string, PricedUsage>();
  const list = {
    rateOf({ service, usageFamily, region }: PricedUsage) {
      used.set(JSON.stringify([service, usageFamily, region]), { service, usageFamily, region });
      return null;
    },
  };
  try {
    const plan = await readPlan(await planBytes(file, context));
    planReport(plan, {
      ...{ region, currency: "USD", rates: { observed: null, list }, usage: null, comparable: null },
    });
  } catch (error) {
    if (error instanceof PlanError) throw new CommandError(`${file}: ${error.message}`);
    throw error;
  }
  return [...used.values()];
}
