import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { dapanoskop } from "../packages/cli/src/testing/run-command.ts";
import { parquetOf } from "../packages/local/src/bill-file/testing/files.ts";
import { summaryIn } from "./support/an-account.ts";

// A bill that does not shrink when its charges are grouped: every charge is of a workload, usage type and day of its own.

const AT = "2026-03-02T06:00:00Z";
const [WORKLOADS, USAGE_TYPES, DAYS] = [1_000, 40, 25];

/** $0.01 of each workload and usage type on each day. */
const CHARGES = `SELECT 'item-' || workload || '-' || kind || '-' || day AS identity_line_item_id,
    '111122223333' AS bill_payer_account_id, TIMESTAMP '2026-02-01' AS bill_billing_period_start_date,
    TIMESTAMP '2026-02-01' + INTERVAL (day) DAY AS line_item_usage_start_date, 'Usage' AS line_item_line_item_type,
    'AmazonEC2' AS line_item_product_code, 'EUC1-BoxUsage:kind-' || kind AS line_item_usage_type, 'USD' AS line_item_currency_code,
    1.0::DOUBLE AS line_item_usage_amount, 'Hrs' AS pricing_unit, '111122223333' AS line_item_usage_account_id,
    0.01::DOUBLE AS line_item_unblended_cost, MAP {'user_app': 'workload-' || workload} AS resource_tags
  FROM range(${WORKLOADS}) AS a(workload), range(${USAGE_TYPES}) AS b(kind), range(${DAYS}) AS c(day)`;

describe("a bill of a million groups", () => {
  it("is published to the cent", async () => {
    const folder = await mkdtemp(join(tmpdir(), "dapanoskop-groups-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const bill = await parquetOf(CHARGES, join(folder, "bill.parquet"));
    const store = join(folder, "store");
    const { code, err } = await dapanoskop(["collect", "--bill", bill, "--store", store, "--at", AT], {
      at: AT,
    });
    expect(code, err).toBe(0);
    const { totals, cost_centers, tagging_coverage } = await summaryIn(store, "2026-02");
    expect(totals.current_cost_usd).toBe(10_000);
    expect(tagging_coverage.tagged_cost_usd).toBe(10_000);
    const workloads = cost_centers.flatMap((center) => center.workloads);
    expect(workloads).toHaveLength(WORKLOADS);
    expect(new Set(workloads.map(({ current_cost_usd: cost }) => cost))).toEqual(new Set([10]));
  });
});
