import type { MonthLedger } from "@dapanoskop/core/ledger";
import { sha256Hex } from "@dapanoskop/core/store";
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
import type { ColumnSet } from "../parquet/columns.ts";
import type { ParquetCodec } from "../parquet/parquet-codec.ts";
import type { MonthDaysFiles } from "./render-daily.ts";
import { renderSummary, type SummaryContext } from "./render-summary.ts";
import { dayRows, priorPeriodToDateRows, serviceRows, usageTypeRows, workloadRows } from "./render-tables.ts";

/** The files of a month as they are published, the summary last, and the content of those about its days. */
export interface MonthFiles extends MonthDaysFiles {
  readonly files: readonly { readonly name: MonthFile; readonly body: Uint8Array }[];
}

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
  const write = async (name: MonthFile, table: ColumnSet) => {
    const body = parquet.encode(table);
    files[name] = { sha256: await sha256Hex(body), bytes: body.length, rows: table.rows };
    tables.push({ name, body });
  };
  const [places, services] = [dayRows(ledger), serviceRows(ledger)];
  await write(WORKLOAD_FILE, workloadRows(ledger));
  await write(USAGE_TYPE_FILE, usageTypeRows(ledger));
  await write(PRIOR_PERIOD_TO_DATE_FILE, priorPeriodToDateRows(ledger));
  await write(DAY_FILE, places);
  await write(SERVICE_FILE, services);
  const summary = renderSummary(ledger, { ...context, files });
  const body = renderDocument(summary);
  // A summary that no reader accepts would stop every later run, so it is not published.
  parseDocument(summarySchema, `${summary.period}/${SUMMARY_FILE}`, body);
  return { summary, places, services, files: [...tables, { name: SUMMARY_FILE, body }] };
}
