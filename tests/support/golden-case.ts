import { readFileSync } from "node:fs";
import type { Instant } from "@dapanoskop/core/calendar";
import { MONEY_DECIMALS, parseDecimal, parseMoney } from "@dapanoskop/core/money";
import { type Bill, billSource, type Charge, type CostSource } from "@dapanoskop/core/source";
import { openBillFile } from "@dapanoskop/local/bill-file";
import type { CollectConfig, CollectEvent } from "@dapanoskop/pipeline";

/** A `case.json` of packages/dataset/golden: collections, one after the other, into one store. */
export interface GoldenCase {
  /** A description of the case for readers. */
  readonly title: string;
  readonly source: GoldenSource;
  readonly config: CollectConfig;
  readonly collections: readonly GoldenCollection[];
}

/** One event, the bill at that time, and the run id, which is random outside of tests. */
export interface GoldenCollection extends CollectEvent {
  /** The bill's file name in the case's folder. */
  readonly bill: string;
  readonly runId: string;
  /** Replaces the source of the case, for this collection alone. */
  readonly source?: GoldenSource;
}

/** How the bill is read. */
export type GoldenSource =
  /** As FOCUS, CUR or CUR 2.0. `provider` is the provider whose charges of a FOCUS bill are counted. */
  | { readonly kind: "bill-file"; readonly provider: string }
  /** As plain rows, which contain no split charge rules: this member has them. */
  | {
      readonly kind: "rows";
      readonly currency: string;
      readonly tagKey: string;
      readonly costCategories: Bill["costCategories"];
    };

/** The bill of a golden case, as it is visible at a time. */
export async function openGoldenBill(
  path: string,
  source: GoldenSource,
  at: Instant,
  { costCategory }: CollectConfig,
): Promise<{ readonly costSource: CostSource; close(): Promise<void> }> {
  if (source.kind === "rows") {
    return { costSource: billSource(billOfRows(path, source), { at }), close: async () => {} };
  }
  const file = await openBillFile(path, {
    at,
    provider: source.provider,
    ...(costCategory !== null && { costCategory }),
  });
  return { costSource: file, close: () => file.close() };
}

/**
 * Rows of day, service, usage type, charge type, workload, cost center, cost, quantity, unit. No field is quoted; an empty
 * workload, cost center or unit is none. The cost center is a value of the first cost category.
 */
function billOfRows(path: string, source: GoldenSource & { readonly kind: "rows" }): Bill {
  const { currency, tagKey, costCategories } = source;
  const [, ...lines] = readFileSync(path, "utf8").trimEnd().split("\n");
  const charges = lines.map((line): Charge => {
    const [day = "", service = "", usageType = "", chargeType = "", ...labelsAndAmounts] = line.split(",");
    const [workload = "", costCenter = "", cost = "", quantity = "", unit = ""] = labelsAndAmounts;
    return {
      day,
      service,
      usageType,
      chargeType,
      dimensions: {},
      tags: new Map(workload === "" ? [] : [[tagKey, workload]]),
      costCategories: new Map(costCenter === "" ? [] : [[costCategories[0]?.name ?? "", costCenter]]),
      cost: parseMoney(cost, currency),
      quantity: unit === "" ? null : { units: parseDecimal(quantity, MONEY_DECIMALS), unit },
    };
  });
  return { currency, charges, costCategories };
}
