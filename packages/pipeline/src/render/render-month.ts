import type { MonthLedger } from "@dapanoskop/core/ledger";
import { moneyNumber } from "@dapanoskop/core/money";
import {
  type ParquetCodec,
  PRIOR_PERIOD_TO_DATE_FILE,
  parseDocument,
  priorPeriodToDateRows,
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
} from "@dapanoskop/dataset";
import type { NewFile, NewMonth } from "../publish/index.ts";

/** The files of a month, and its summary for the trend. */
export interface RenderedMonth {
  readonly month: NewMonth;
  readonly summary: Summary;
}

const tableFiles = [
  [WORKLOAD_FILE, workloadRows],
  [USAGE_TYPE_FILE, usageTypeRows],
  [PRIOR_PERIOD_TO_DATE_FILE, priorPeriodToDateRows],
] as const;

/** Renders the files of a month. The summary names the hashes of the others, so it comes last. */
export async function renderMonth(
  ledger: MonthLedger,
  parquet: ParquetCodec,
  config: string,
  context: Omit<SummaryContext, "files">,
): Promise<RenderedMonth> {
  const tables: NewFile[] = [];
  const files: Summary["files"] = {};
  for (const [name, rowsOf] of tableFiles) {
    const table = rowsOf(ledger);
    const body = parquet.encode(table);
    files[name] = { sha256: await sha256Hex(body), bytes: body.length, rows: table.rows };
    tables.push({ name, body, contentType: "application/vnd.apache.parquet" });
  }
  const { current } = ledger;
  const summary = renderSummary(ledger, { ...context, files });
  const body = renderDocument(summary);
  // A summary that no reader accepts would stop every later run, so it is not published.
  parseDocument(summarySchema, `${current.period}/${SUMMARY_FILE}`, body);
  return {
    summary,
    month: {
      period: current.period,
      isMtd: ledger.running !== null,
      estimated: current.estimated,
      config,
      totalCost: moneyNumber(current.total),
      files: [...tables, { name: SUMMARY_FILE, body, contentType: "application/json" }],
    },
  };
}
