import { isAws } from "@dapanoskop/core/source";
import { quoted } from "@dapanoskop/core/text";
import { billFileError } from "./bill-file-error.ts";
import type { ChargeColumns } from "./charge-columns.ts";
import { curColumns, isCur } from "./cur-columns.ts";
import type { ScannableFile } from "./file-columns.ts";
import { focusColumns, isFocus, isWholeFocus } from "./focus-columns.ts";
import { BILLING_PERIODS, otherReport } from "./other-report.ts";

/** The files of a bill that have its charges, and what is said of the others. */
export interface ChargeFiles {
  readonly files: readonly ScannableFile[];
  /** Those that say which billing periods are open. */
  readonly periods: readonly ScannableFile[];
  /** A sentence for each file that is not read. */
  readonly notes: readonly string[];
}

/** Parts the files that FOCUS delivers beside a bill from it: billing periods, contracts, invoices. They are kept when there is nothing else. */
export function chargeFiles(files: readonly ScannableFile[]): ChargeFiles {
  const reports = files.map((file) => ({ file, report: otherReport(file.columns) }));
  const bills = reports.filter(({ report }) => report?.isBesideBill !== true);
  if (bills.length === 0) return { files, periods: [], notes: [] };
  const notes = reports.flatMap(({ file, report }) =>
    report?.isBesideBill === true && report !== BILLING_PERIODS
      ? [`${file.path} is ${report.what}. It was not read.`]
      : [],
  );
  return {
    files: bills.map(({ file }) => file),
    periods: reports.flatMap(({ file, report }) => (report === BILLING_PERIODS ? [file] : [])),
    notes,
  };
}

/**
 * The fields of a file's charges, by the format that its columns are of.
 * @throws CostSourceError when it is no bill of the provider, saying what it is where that is known
 */
export function chargeColumns(file: ScannableFile, provider: string): ChargeColumns {
  const { path, columns } = file;
  const other = otherReport(columns);
  if (other !== null) throw billFileError(`${path} is ${other.what}. ${other.instead}`);
  const isReport = isCur(columns);
  if (isWholeFocus(columns) || (isFocus(columns) && !isReport)) return focusColumns(file, provider);
  if (isReport && isAws(provider)) return curColumns(file);
  if (isReport) {
    throw billFileError(
      `${path} is a Cost and Usage Report. Its charges are of "AWS", and none is of ${quoted(provider)}. Name AWS as the provider, or leave out --provider.`,
    );
  }
  const names = columns.slice(0, 3).map(({ name }) => quoted(name));
  throw billFileError(
    `${path}, line 1: the columns (${names.join(", ")}${columns.length > 3 ? ", …" : ""}) are not those of a bill. Use a FOCUS bill (BilledCost, ChargePeriodStart, …) or an AWS Cost and Usage Report (lineItem/UnblendedCost or line_item_unblended_cost, …).`,
  );
}
