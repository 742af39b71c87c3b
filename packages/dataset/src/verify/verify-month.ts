import type { Month } from "@dapanoskop/core/calendar";
import { sha256Hex } from "@dapanoskop/core/store";
import type { Snapshot, SnapshotFile } from "../documents/index-document.ts";
import { parseDocument } from "../documents/parse.ts";
import { type Summary, summarySchema } from "../documents/summary.ts";
import {
  DAY_FILE,
  monthFiles,
  PRIOR_PERIOD_TO_DATE_FILE,
  requiredMonthFiles,
  SERVICE_FILE,
  SUMMARY_FILE,
  USAGE_TYPE_FILE,
  WORKLOAD_FILE,
} from "../keys/file-kinds.ts";
import { stableKey } from "../keys/key.ts";
import { type CheckedFiles, nullWithFault, type VerificationContext } from "./checked-files.ts";
import type { Findings } from "./findings.ts";
import { verifyDays } from "./verify-days.ts";
import { verifySummary } from "./verify-summary.ts";
import { readTables, verifyTables } from "./verify-tables.ts";

/**
 * Checks a published month: its files by their hashes, its stable keys, its summary and its parquet files.
 * @returns the summary; `null` when it cannot be read
 */
export async function verifyMonth(
  period: Month,
  snapshot: Snapshot,
  context: VerificationContext,
): Promise<Summary | null> {
  const { files, found } = context;
  const bodies = new Map<string, Uint8Array>();
  for (const [file, named] of Object.entries(snapshot.files)) {
    const body = await files.named(named);
    if (body !== null) bodies.set(file, body);
    await verifyStableKey(stableKey(period, file), named, files, found);
  }
  const body = bodies.get(SUMMARY_FILE);
  if (body === undefined) return null;
  const key = snapshot.files[SUMMARY_FILE]?.key ?? SUMMARY_FILE;
  const summary = nullWithFault(found, () => parseDocument(summarySchema, key, body));
  if (summary === null) return null;
  compareWithIndex(period, snapshot, summary, found);
  verifySummary(summary, found);
  verifyParquet(summary, bodies, (file) => snapshot.files[file]?.key ?? file, context);
  return summary;
}

/** Checks that a stable key has the file that the index names: readers without the index read it there. */
export async function verifyStableKey(
  key: string,
  named: SnapshotFile,
  files: CheckedFiles,
  found: Findings,
): Promise<void> {
  const body = await files.get(key);
  if (body === null) found.fault(`${key.slice(0, 80)} is missing. The next collect writes it again.`);
  else if ((await sha256Hex(body)) !== named.sha256) {
    found.fault(`${key} is not the file that the index names. The next collect writes it again.`);
  }
}

/** Checks the parquet files of a month against its summary, where they could be read. */
export function verifyParquet(
  summary: Summary,
  bodies: ReadonlyMap<string, Uint8Array>,
  key: (file: string) => string,
  { parquet, found, rows }: VerificationContext,
): void {
  const workloads = bodies.get(WORKLOAD_FILE);
  const usageTypes = bodies.get(USAGE_TYPE_FILE);
  if (workloads === undefined || usageTypes === undefined) return;
  const priorPeriodToDate = bodies.get(PRIOR_PERIOD_TO_DATE_FILE);
  const tables = nullWithFault(found, () =>
    readTables(parquet, key, {
      workloads,
      usageTypes,
      priorPeriodToDate,
      places: bodies.get(DAY_FILE),
      services: bodies.get(SERVICE_FILE),
    }),
  );
  if (tables === null) return;
  for (const table of Object.values(tables)) rows.count += table?.rows ?? 0;
  verifyTables(summary, tables, found);
  const { places, services, usageTypes: usage } = tables;
  if (places !== null && services !== null)
    verifyDays(summary, { places, services, usageTypes: usage }, found);
}

function compareWithIndex(period: Month, snapshot: Snapshot, summary: Summary, found: Findings): void {
  const isSame =
    summary.period === period &&
    summary.run_id === snapshot.run_id &&
    summary.collected_at === snapshot.as_of &&
    summary.is_mtd === snapshot.is_mtd &&
    summary.estimated === snapshot.estimated &&
    (snapshot.has_days === undefined || snapshot.has_days === (summary.days != null)) &&
    summary.totals.current_cost_usd === snapshot.total_cost_usd;
  if (!isSame) found.fault(`${period}: the index and the summary disagree about run, time, state or total.`);
  for (const file of monthFiles) {
    const [inIndex, inSummary] = [snapshot.files[file], summary.files[file]];
    if (file === SUMMARY_FILE) continue;
    if (inIndex === undefined && inSummary === undefined && !requiredMonthFiles.includes(file)) continue;
    if (inIndex === undefined || inSummary?.sha256 !== inIndex.sha256 || inSummary.bytes !== inIndex.bytes) {
      found.fault(`${period}: the index and the summary name different files as ${file}.`);
    }
  }
}
