import { plainFigures } from "@dapanoskop/core/insight/render";
import { moneyText, rounded } from "@dapanoskop/core/money";
import type { CommandContext } from "../command-context.ts";
import { errorSentence } from "../error-sentence.ts";
import { ownSpend, spendSentence } from "./own-spend.ts";

/** What the deployments of the account have cost, as text and as a program reads it. `cost` is null where it is unknown. */
export interface SpendAnswer {
  readonly cost: string | null;
  readonly currency: string | null;
  readonly since: string | null;
  readonly text: string;
}

/** Asks Cost Explorer, for $0.01. A failure is the answer's text: what the command did besides remains done. */
export async function askSpend(region: string, { runtime }: CommandContext): Promise<SpendAnswer> {
  const { costExplorerSource } = await import("@dapanoskop/aws/cost-explorer");
  try {
    const source = costExplorerSource({ region, clock: runtime.clock, random: runtime.random });
    const spend = await ownSpend(source, runtime.clock.now());
    return {
      cost: spend.cost === null ? null : moneyText(spend.cost),
      currency: spend.cost?.currency ?? null,
      since: spend.window.start,
      text: spendSentence(spend, (cost) => plainFigures.units(rounded(cost), cost.currency)),
    };
  } catch (error) {
    return {
      cost: null,
      currency: null,
      since: null,
      text: `What it cost is unknown: ${errorSentence(error)}`,
    };
  }
}
