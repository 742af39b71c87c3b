import {
  type MonthFile,
  type ParquetCodec,
  parseDocument,
  renderDocument,
  renderSummary,
  SUMMARY_FILE,
  type Summary,
  type SummaryContext,
  sha256Hex,
  summarySchema,
  USAGE_TYPE_FILE,
  usageTypeRows,
  WORKLOAD_FILE,
  workloadRows,
} from "../artifacts/index.ts";
import type { MonthLedger } from "../ledger/index.ts";
import { moneyNumber } from "../money/index.ts";
import type { NewMonth } from "../store/index.ts";

/** A month serialised: what is staged, and its summary for the trend. */
export interface RenderedMonth {
  readonly month: NewMonth;
  readonly summary: Summary;
}

/** Renders the files of a month. The summary names the hashes of the others, so it comes last. */
export async function renderMonth(
  ledger: MonthLedger,
  parquet: ParquetCodec,
  config: string,
  context: Omit<SummaryContext, "files">,
): Promise<RenderedMonth> {
  const tables: readonly (readonly [MonthFile, { readonly rows: number }, Uint8Array])[] = [
    workloadRows(ledger),
    usageTypeRows(ledger),
  ].map((table, at) => [at === 0 ? WORKLOAD_FILE : USAGE_TYPE_FILE, table, parquet.encode(table)]);
  const files: Summary["files"] = {};
  for (const [name, { rows }, body] of tables) {
    files[name] = { sha256: await sha256Hex(body), bytes: body.length, rows };
  }
  const { current } = ledger;
  const summary = renderSummary(ledger, { ...context, files });
  const body = renderDocument(summary);
  // What no reader would accept is not published: it would stand in the way of every run after it.
  parseDocument(summarySchema, `${current.period}/${SUMMARY_FILE}`, body);
  return {
    summary,
    month: {
      period: current.period,
      isMtd: ledger.running !== null,
      estimated: current.estimated,
      config,
      totalCost: moneyNumber(current.total),
      files: [
        ...tables.map(([name, , body]) => ({ name, body, contentType: "application/vnd.apache.parquet" })),
        { name: SUMMARY_FILE, body, contentType: "application/json" },
      ],
    },
  };
}
