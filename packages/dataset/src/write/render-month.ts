import type { MonthLedger } from "@dapanoskop/core/ledger";
import { parseDocument, renderDocument } from "../documents/parse.ts";
import { type Summary, summarySchema } from "../documents/summary.ts";
import {
  DAY_FILE,
  type MonthFile,
  PRIOR_PERIOD_TO_DATE_FILE,
  SERVICE_FILE,
  SUMMARY_FILE,
  USAGE_TYPE_FILE,
  WORKLOAD_FILE,
} from "../keys/file-kinds.ts";
import type { ParquetCodec } from "../parquet/parquet-codec.ts";
import { sha256Hex } from "../sha256.ts";
import { renderSummary, type SummaryContext } from "./render-summary.ts";
import { dayRows, priorPeriodToDateRows, serviceRows, usageTypeRows, workloadRows } from "./render-tables.ts";

/** The files of a month as they are published, the summary last, and the summary's content. */
export interface MonthFiles {
  readonly summary: Summary;
  readonly files: readonly { readonly name: MonthFile; readonly body: Uint8Array }[];
}

const tableFiles = [
  [WORKLOAD_FILE, workloadRows],
  [USAGE_TYPE_FILE, usageTypeRows],
  [PRIOR_PERIOD_TO_DATE_FILE, priorPeriodToDateRows],
  [DAY_FILE, dayRows],
  [SERVICE_FILE, serviceRows],
] as const;

/**
 * Renders every file of a month: the same ledger and context always give the same bytes. The summary gives the hashes of
 * the others.
 * @throws ArtifactError when no reader would accept the summary; TypeError for a ledger without coverage
 */
export async function renderMonthFiles(
  ledger: MonthLedger,
  parquet: ParquetCodec,
  context: Omit<SummaryContext, "files">,
): Promise<MonthFiles> {
  const tables: { readonly name: MonthFile; readonly body: Uint8Array }[] = [];
  const files: Summary["files"] = {};
  for (const [name, rowsOf] of tableFiles) {
    const table = rowsOf(ledger);
    const body = parquet.encode(table);
    files[name] = { sha256: await sha256Hex(body), bytes: body.length, rows: table.rows };
    tables.push({ name, body });
  }
  const summary = renderSummary(ledger, { ...context, files });
  const body = renderDocument(summary);
  // A summary that no reader accepts would stop every later run, so it is not published.
  parseDocument(summarySchema, `${summary.period}/${SUMMARY_FILE}`, body);
  return { summary, files: [...tables, { name: SUMMARY_FILE, body }] };
}
