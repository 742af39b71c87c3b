import type { Month } from "@dapanoskop/core/calendar";
import { listed, quoted } from "@dapanoskop/core/text";
import type { DuckDBConnection } from "@duckdb/node-api";
import { billFileError, messageOf } from "./bill-file-error.ts";
import { focusName } from "./column-names.ts";
import { instantOf } from "./day-sql.ts";
import type { FileColumn } from "./file-column.ts";
import type { ScannableFile } from "./file-columns.ts";
import { isOtherProvider } from "./provider.ts";
import { scanOf } from "./scan.ts";

/** What FOCUS's Billing Period dataset says of the months of a bill. */
export interface BillingPeriods {
  /** The months that may still change, whatever the date is: AWS has not closed them, or has opened them again. */
  readonly open: ReadonlySet<Month>;
  /** A sentence for each status. */
  readonly notes: readonly string[];
}

/** The newest record of a billing period. */
interface PeriodRecord {
  readonly month: Month;
  readonly isOpen: boolean;
  /** "2026-03-08T06:00:00Z"; empty where the record has no time. */
  readonly updated: string;
}

/**
 * Reads the status of billing periods that the provider invoices. Of several records of one period and issuer the one that was
 * updated last counts; a period of several issuers is open while one of them may change it.
 * Source: FOCUS 1.4, Billing Period: BillingPeriodStart, BillingPeriodStatus ("Open", "Closed"), BillingPeriodLastUpdated,
 * InvoiceIssuerName.
 * @throws CostSourceError when a file cannot be read, or has another status
 */
export async function billingPeriods(
  connection: DuckDBConnection,
  files: readonly ScannableFile[],
  provider: string,
): Promise<BillingPeriods> {
  const newest = new Map<string, PeriodRecord>();
  for (const file of files) {
    for (const { issuer, ...record } of await recordsOf(connection, file, provider)) {
      const key = JSON.stringify([record.month, issuer]);
      const known = newest.get(key);
      if (known === undefined || isNewer(record, known)) newest.set(key, record);
    }
  }
  const open = new Map<Month, PeriodRecord>();
  const closed = new Map<Month, PeriodRecord>();
  for (const record of newest.values()) {
    const of = record.isOpen ? open : closed;
    const known = of.get(record.month);
    if (known === undefined || record.updated > known.updated) of.set(record.month, record);
  }
  for (const month of open.keys()) closed.delete(month);
  return {
    open: new Set(open.keys()),
    notes: [
      ...noteOf(open, "open, so the figures may still change"),
      ...noteOf(closed, "closed, so the figures are final"),
    ],
  };
}

const isNewer = (record: PeriodRecord, known: PeriodRecord) =>
  record.updated > known.updated || (record.updated === known.updated && record.isOpen);

function noteOf(records: ReadonlyMap<Month, PeriodRecord>, is: string): readonly string[] {
  const months = [...records.keys()].sort();
  if (months.length === 0) return [];
  const last = [...records.values()]
    .map(({ updated }) => updated)
    .sort()
    .at(-1);
  const since = last === undefined || last === "" ? "" : ` (last updated ${last})`;
  const periods = months.length > 1 ? "billing periods" : "billing period";
  return [`The ${periods} ${listed(months)} ${months.length > 1 ? "are" : "is"} ${is}${since}.`];
}

/** The records of the periods that the provider invoices, or of all where the file names no issuer. */
async function recordsOf(
  connection: DuckDBConnection,
  file: ScannableFile,
  provider: string,
): Promise<readonly (PeriodRecord & { readonly issuer: string })[]> {
  const column = (name: string) => file.columns.find((other) => focusName(other.name) === focusName(name));
  const text = (of: FileColumn | undefined) => (of === undefined ? "NULL" : `CAST(${of.sql} AS VARCHAR)`);
  const time = (of: FileColumn | undefined) =>
    (of === undefined ? null : instantOf(of.sql, of.type)) ?? "CAST(NULL AS TIMESTAMP)";
  const issuer = column("InvoiceIssuerName");
  const other = issuer === undefined ? "NULL" : isOtherProvider([text(issuer)], provider);
  const updated = time(column("BillingPeriodLastUpdated"));
  let rows: readonly (readonly unknown[])[];
  try {
    const read = await connection.runAndReadAll(
      `SELECT strftime(${time(column("BillingPeriodStart"))}, '%Y-%m'), ${text(column("BillingPeriodStatus"))},
         coalesce(strftime(${updated}, '%Y-%m-%dT%H:%M:%SZ'), ''), coalesce(${text(issuer)}, '')
       FROM ${scanOf([file], "FOCUS")} WHERE ${other} IS NULL`,
    );
    rows = read.getRowsJson();
  } catch (cause) {
    throw billFileError(
      `${file.path} is FOCUS's Billing Period dataset, and cannot be read (${quoted(messageOf(cause).split("\n")[0] ?? "")}). Download it again, or remove it from the folder.`,
      { cause },
    );
  }
  return rows.map(([month, status, last, from], at) => {
    const word = String(status ?? "")
      .trim()
      .toLowerCase();
    if (month === null || !(word === "open" || word === "closed")) {
      throw billFileError(
        `${file.path}, row ${at + 1}: a billing period must have a start and the status "Open" or "Closed", and this one has ${month === null ? "no start" : `the status ${quoted(String(status ?? ""))}`}. Download the file again, or remove it from the folder.`,
      );
    }
    return { month: String(month), isOpen: word === "open", updated: String(last), issuer: String(from) };
  });
}
