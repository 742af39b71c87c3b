import { focusName } from "./column-names.ts";
import type { FileColumn } from "./file-column.ts";

/** A table of costs that is no bill of charges, or a bill that no format here reads. */
export interface OtherReport {
  /** Continues "this file is ". */
  readonly what: string;
  /** A sentence: where a bill that can be read comes from. */
  readonly instead: string;
  /** Whether a folder may have it beside a bill, which is read without it. It has no charges that the bill lacks. */
  readonly isBesideBill: boolean;
}

/** What a file is that is neither a FOCUS bill nor a Cost and Usage Report, by its columns; `null` when it is unknown. */
export function otherReport(columns: readonly FileColumn[]): OtherReport | null {
  const names = new Set(columns.map(({ name }) => normalised(name)));
  const has = (...wanted: readonly string[]) => wanted.every((name) => names.has(name));
  if (has("lineitemunblendedcost") || has("billedcost", "chargeperiodstart")) return null;
  return kinds.find(({ isKind }) => isKind(has, columns))?.report ?? null;
}

/** All spellings of a name alike: `cost/myCost`, `cost_my_cost`, `Cost My Cost`. */
const normalised = (name: string) => focusName(name).replace(/[^\p{Letter}\p{Number}]/gu, "");

interface ReportKind {
  readonly report: OtherReport;
  isKind(has: (...names: readonly string[]) => boolean, columns: readonly FileColumn[]): boolean;
}

const isCostOfPeriod = (name: string) => /^total costs? ?\(.{1,4}\)$/i.test(name.trim());

/** The one dataset beside a bill that is read: it says which months may still change. */
export const BILLING_PERIODS: OtherReport = focusDataset(
  "Billing Period",
  "says which billing periods are open or closed",
);

const kinds: readonly ReportKind[] = [
  {
    // Source: FOCUS 1.4, Billing Period.
    isKind: (has) => has("billingperiodstatus", "billingperiodstart"),
    report: BILLING_PERIODS,
  },
  {
    // Source: FOCUS 1.4, Invoice Detail.
    isKind: (has) => has("invoicedetailid", "invoiceid", "billedcost"),
    report: focusDataset("Invoice Detail", "has the lines of invoices"),
  },
  {
    // Source: FOCUS 1.3, Contract Commitment.
    isKind: (has) => has("contractcommitmentid", "contractid"),
    report: focusDataset("Contract Commitment", "has the terms of contracts"),
  },
  {
    // The download of Cost Explorer in the AWS console: a column a service, a line a day.
    isKind: (_, columns) => columns.some(({ name }) => isCostOfPeriod(name)),
    report: {
      what: "a download of Cost Explorer from the AWS console: rounded sums by day or month, and no charges",
      instead:
        "Use a Data Export (CUR 2.0 or FOCUS), or leave out --bill: then Cost Explorer itself is queried.",
      isBesideBill: false,
    },
  },
  {
    // Source: OCI documentation, cost reports schema.
    isKind: (has) => has("costmycost") || has("lineitemtenantid") || has("usagebilledquantity"),
    report: {
      what: "a cost or usage report in Oracle's own format",
      instead:
        'Use the FOCUS report, which Oracle writes to "FOCUS Reports" beside its own, with --provider Oracle.',
      isBesideBill: false,
    },
  },
  {
    // Source: Google Cloud documentation, schema of the standard and the detailed usage cost table; "Cost table" CSV.
    isKind: (has) =>
      has("usagestarttime", "billingaccountid", "cost") ||
      has("servicedescription", "skudescription") ||
      has("servicedescription", "skuid"),
    report: {
      what: "a billing export in Google Cloud's own format",
      instead:
        "Use Google's FOCUS view of the BigQuery export, saved as CSV or Parquet, with --provider Google.",
      isBesideBill: false,
    },
  },
  {
    // Source: Microsoft Cost Management, cost details fields of EA, MCA and pay-as-you-go.
    isKind: (has) =>
      has("metercategory") &&
      ["costinbillingcurrency", "costinpricingcurrency", "cost", "pretaxcost", "extendedcost"].some((name) =>
        has(name),
      ),
    report: {
      what: "an export in Azure's own format",
      instead: 'Export "Cost and usage details (FOCUS)" from Cost Management, with --provider Microsoft.',
      isBesideBill: false,
    },
  },
  {
    // Source: AWS documentation, detailed billing reports, which AWS replaced by Cost and Usage Reports.
    isKind: (has) => has("recordtype", "payeraccountid") || has("recordtype", "linkedaccountid"),
    report: {
      what: "a billing report of AWS as it was before Cost and Usage Reports",
      instead: "Use a Data Export (CUR 2.0 or FOCUS).",
      isBesideBill: false,
    },
  },
];

function focusDataset(name: string, what: string): OtherReport {
  return {
    what: `FOCUS's ${name} dataset, which ${what}`,
    instead: "Use the Cost and Usage dataset.",
    isBesideBill: true,
  };
}
