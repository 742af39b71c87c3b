import { describe, expect, it } from "vitest";
import { billFolder, csv, type FileRow, parquet } from "./testing/files.ts";
import { aFocusRow } from "./testing/small-bills.ts";

const files = billFolder();
const QUERY = { granularity: "MONTHLY", metric: "UnblendedCost", groupBy: [] } as const;
const WINDOW = { start: "2026-01-01", end: "2026-03-01" };

const aPeriod = (month: string, status: string, updated: string, row: FileRow = {}): FileRow => ({
  BillingPeriodStart: `${month}-01T00:00:00Z`,
  BillingPeriodStatus: status,
  BillingPeriodLastUpdated: updated,
  InvoiceIssuerName: "Amazon Web Services, Inc.",
  ...row,
});

let folders = 0;
async function bill(periods: readonly FileRow[], isParquet = false) {
  folders += 1;
  const folder = await files.path(`periods-${folders}`);
  await files.writeTo(csv([aFocusRow("2026-01-03"), aFocusRow("2026-02-03")]), `${folder}/bill.csv`);
  const path = await files.writeTo(csv(periods), isParquet ? `${folder}-text.csv` : `${folder}/periods.csv`);
  const times = {
    BillingPeriodStart: "CAST(column AS TIMESTAMPTZ)",
    BillingPeriodLastUpdated: "CAST(column AS TIMESTAMP)",
  };
  if (isParquet) await parquet(path, `${folder}/periods.parquet`, times);
  return folder;
}

async function estimatedMonths(folder: string): Promise<readonly string[]> {
  const source = await files.open(folder, { at: "2026-06-02T06:00:00Z" });
  return (await source.query({ ...QUERY, window: WINDOW })).estimated;
}

describe("FOCUS's billing periods beside a bill", () => {
  it.each([false, true])(
    "make an open month an estimate, and a closed one final (Parquet: %s)",
    async (isParquet) => {
      const folder = await bill(
        [
          aPeriod("2026-01", "Closed", "2026-02-05T00:00:00Z"),
          aPeriod("2026-02", "Open", "2026-03-20T08:15:00Z"),
        ],
        isParquet,
      );
      expect(await estimatedMonths(folder)).toEqual(["2026-02-01"]);
      const { notes } = await files.open(folder);
      expect(notes).toEqual([
        "The billing period 2026-02 is open, so the figures may still change (last updated 2026-03-20T08:15:00Z).",
        "The billing period 2026-01 is closed, so the figures are final (last updated 2026-02-05T00:00:00Z).",
      ]);
    },
  );

  it("count by the newest record of a period, in any order of the records", async () => {
    const records = [
      aPeriod("2026-01", "Open", "2026-02-01T00:00:00Z"),
      aPeriod("2026-01", "Closed", "2026-02-05T00:00:00Z"),
      aPeriod("2026-02", "Closed", "2026-03-05T00:00:00Z"),
      aPeriod("2026-02", "Open", "2026-03-20T00:00:00Z"),
    ];
    expect(await estimatedMonths(await bill(records))).toEqual(["2026-02-01"]);
    expect(await estimatedMonths(await bill([...records].reverse()))).toEqual(["2026-02-01"]);
  });

  it("are open while one issuer of the provider may change them; other issuers do not count", async () => {
    const sarl = { InvoiceIssuerName: "Amazon Web Services EMEA SARL" };
    const records = [
      aPeriod("2026-01", "Closed", "2026-02-09T00:00:00Z"),
      aPeriod("2026-01", "Open", "2026-02-05T00:00:00Z", sarl),
      aPeriod("2026-02", "Closed", "2026-03-05T00:00:00Z"),
      aPeriod("2026-02", "Open", "2026-03-06T00:00:00Z", { InvoiceIssuerName: "Oracle" }),
    ];
    expect(await estimatedMonths(await bill(records))).toEqual(["2026-01-01"]);
  });

  it("may lack times and issuers", async () => {
    const row = { BillingPeriodStart: "2026-02-01", BillingPeriodStatus: "open" };
    expect(await estimatedMonths(await bill([row]))).toEqual(["2026-02-01"]);
  });

  it.each([
    [aPeriod("2026-02", "Reopened", ""), /periods\.csv, row 1: .* has the status "Reopened"/],
    [aPeriod("2026-02", "Open", "", { BillingPeriodStart: "soon" }), /periods\.csv, row 1: .* has no start/],
  ])("are refused in a form that they do not have: %o", async (row, sentence) => {
    await expect(files.open(await bill([row]))).rejects.toThrow(sentence);
  });
});
