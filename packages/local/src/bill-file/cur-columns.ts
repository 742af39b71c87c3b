import type { CostMetric, Dimension } from "@dapanoskop/core/source";
import {
  type ChargeColumns,
  type ChargeLabel,
  type ColumnReader,
  type ColumnSpelling,
  columnReader,
  type LabelColumns,
  textOf,
} from "./charge-columns.ts";
import { curName, slashName } from "./column-names.ts";
import type { FileColumn } from "./file-column.ts";
import type { ScannableFile } from "./file-columns.ts";
import { valueAt } from "./map-sql.ts";
import { serviceSql } from "./service-sql.ts";

/** Whether these are the columns of a Cost and Usage Report, in any of its spellings. */
export const isCur = (columns: readonly FileColumn[]) =>
  columns.some(({ name }) => curName(name).startsWith("line_item_"));

/**
 * A Cost and Usage Report: legacy with slashes (`lineItem/UnblendedCost`), legacy as Athena spells it
 * (`line_item_unblended_cost`), and CUR 2.0 of Data Exports, where product, tags and cost categories are maps.
 * Charges that span a month (tax, fees, commitments) have the day they start.
 */
export function curColumns(bill: ScannableFile): ChargeColumns {
  const file = columnReader(bill, spellingOf(bill.columns));
  const column = file.required(
    "line_item_usage_start_date",
    "line_item_unblended_cost",
    "line_item_line_item_type",
    "line_item_usage_type",
    "line_item_currency_code",
  );
  const type = textOf(column("line_item_line_item_type"));
  const usageType = textOf(column("line_item_usage_type"));

  const isCur2 = CUR_2_ONLY.some((name) => file.exact(name) !== null);
  const productCode = file.text("line_item_product_code") ?? "NULL";
  const product = productName(file);
  const start = file.start(column("line_item_usage_start_date"));
  const billingPeriod = file.billingPeriod("bill_billing_period_start_date");
  const unit = file.text("pricing_unit") ?? "NULL";
  const net = file.extraCost("line_item_net_unblended_cost");
  return {
    format: isCur2 ? "CUR 2.0" : "CUR",
    version: isCur2 ? "2.0" : "legacy",
    amounts: new Map([
      ["billed", file.cost("line_item_unblended_cost")],
      ["net_billed", net ?? "NULL"],
      ["used", file.quantity("line_item_usage_amount") ?? "NULL"],
    ]),
    lookups: product.lookups,
    day: file.day(column("line_item_usage_start_date"), billingPeriod),
    billingPeriod,
    payer: file.account("bill_payer_account_id"),
    lineItem: lineItemOf(file, start),
    start,
    details: file.details("line_item_resource_id", "line_item_line_item_description", "pricing_rate_code"),
    dimensions: dimensionsOf(file, {
      service: serviceSql({
        isTax: `${type} = 'Tax'`,
        isEc2: `${productCode} = 'AmazonEC2'`,
        usageType,
        product: `coalesce(${product.name}, ${productCode})`,
      }),
      usageType,
      // Cost Explorer has another name for this one charge type; the others have their line item types.
      chargeType: `CASE WHEN ${type} = 'RIFee' THEN 'Recurring reservation fee' ELSE ${type} END`,
    }),
    quantity: "used",
    unit,
    currency: textOf(column("line_item_currency_code")),
    otherProvider: null,
    costs: costsOf(file, type, net !== null),
    tags: labelsOf(file, bill.columns, TAGS),
    costCategories: labelsOf(file, bill.columns, COST_CATEGORIES),
    notes: file.notes,
    checks: file.checks,
  };
}

/** An hourly report repeats the id of a line item in every hour of it. */
function lineItemOf(file: ColumnReader, start: string): readonly string[] | null {
  const id = file.text("identity_line_item_id");
  return id === null ? null : [id, file.text("identity_time_interval") ?? `CAST(${start} AS VARCHAR)`];
}

/** A legacy report has a slash in each name, the other spellings have none. */
function spellingOf(columns: readonly FileColumn[]): ColumnSpelling {
  const hasSlashes = columns.some(({ name }) => name.startsWith("lineItem/"));
  return {
    normalised: curName,
    isUsual: (name, wanted) => (hasSlashes ? /^[a-z]+[A-Za-z]*\//.test(name) : name === wanted),
    spelled: (wanted) => (hasSlashes ? slashName(wanted) : wanted),
  };
}

/** Columns that legacy reports do not have. `resource_tags` and `product` are maps there: a legacy report has no column of just that name. */
const CUR_2_ONLY = [
  "resource_tags",
  "cost_category",
  "product",
  "discount",
  "tags",
  "bill_payer_account_name",
  "line_item_usage_account_name",
];

interface ProductName {
  readonly name: string;
  readonly lookups: ReadonlyMap<string, string>;
}

/** The product's name: a column, or in CUR 2.0 a key of the product map. */
function productName(file: ColumnReader): ProductName {
  const none = new Map<string, string>();
  const column = file.text("product_product_name");
  if (column !== null) return { name: column, lookups: none };
  const product = file.exact("product");
  const fromMap = product && valueAt(product.sql, product.type, "product_name");
  if (!product || !fromMap) return { name: "NULL", lookups: none };
  file.pairs(product);
  const name = `nullif(${fromMap}, '')`;
  return product.type === "VARCHAR" || product.type === "JSON"
    ? { name, lookups: none }
    : { name: "product_name", lookups: new Map([["product_name", name]]) };
}

function dimensionsOf(
  file: ColumnReader,
  known: Partial<Record<Dimension, string>>,
): ReadonlyMap<Dimension, string> {
  const others: readonly (readonly [Dimension, string | null])[] = [
    ["linkedAccount", file.account("line_item_usage_account_id")],
    ["region", file.text("product_region_code", "product_region")],
    ["operation", file.text("line_item_operation")],
    ["availabilityZone", file.text("line_item_availability_zone")],
    ["instanceType", file.text("product_instance_type")],
    ["legalEntity", file.text("line_item_legal_entity")],
    ["billingEntity", file.text("bill_billing_entity")],
    ["resourceId", file.text("line_item_resource_id")],
  ];
  const all = new Map<Dimension, string>();
  for (const dimension of ["service", "usageType", "chargeType"] as const) {
    const sql = known[dimension];
    if (sql !== undefined) all.set(dimension, sql);
  }
  for (const [dimension, sql] of others) if (sql !== null) all.set(dimension, sql);
  return all;
}

/**
 * The metrics of a CUR. Amortized as AWS's own queries compute it (Well-Architected cost labs, "amortized cost by charge
 * type"): usage that a commitment covers at its effective cost; the recurring fees as what went unused; negations and
 * upfront fees as nothing; everything else as billed. Where the file lacks a column that this needs, the metric is
 * unknown for such charges, and for the others it is what was billed.
 *
 * Net metrics are in the columns called net, which a report has when its account has discounts. The net cost of an
 * unused savings plan commitment is in no column, so a bill with some has no NetAmortizedCost.
 */
function costsOf(file: ColumnReader, type: string, hasNet: boolean): ReadonlyMap<CostMetric, string> {
  const costs = new Map<CostMetric, string>([["UnblendedCost", "billed"]]);
  const blended = file.extraCost("line_item_blended_cost");
  if (blended !== null) costs.set("BlendedCost", blended);

  const isReservation = file.text("reservation_reservation_a_r_n");
  const amortized = (of: {
    billed: string;
    covered: string | null;
    unusedPlan: string | null;
    discounted: string | null;
    unusedReservation: string | null;
  }) => `CASE ${type}
    WHEN 'SavingsPlanCoveredUsage' THEN ${of.covered}
    WHEN 'SavingsPlanRecurringFee' THEN ${of.unusedPlan}
    WHEN 'SavingsPlanNegation' THEN 0
    WHEN 'SavingsPlanUpfrontFee' THEN 0
    WHEN 'DiscountedUsage' THEN ${of.discounted}
    WHEN 'RIFee' THEN ${of.unusedReservation}
    WHEN 'Fee' THEN ${isReservation === null ? of.billed : `CASE WHEN ${isReservation} IS NULL THEN ${of.billed} ELSE 0 END`}
    ELSE ${of.billed} END`;
  const unusedPlan = combined(
    "-",
    file.extraCost("savings_plan_total_commitment_to_date"),
    file.extraCost("savings_plan_used_commitment"),
  );
  costs.set(
    "AmortizedCost",
    amortized({
      billed: "billed",
      covered: file.extraCost("savings_plan_savings_plan_effective_cost"),
      unusedPlan,
      discounted: file.extraCost("reservation_effective_cost"),
      unusedReservation: combined(
        "+",
        file.extraCost("reservation_unused_amortized_upfront_fee_for_billing_period"),
        file.extraCost("reservation_unused_recurring_fee"),
      ),
    }),
  );

  if (!hasNet) return costs;
  costs.set("NetUnblendedCost", "net_billed");
  costs.set(
    "NetAmortizedCost",
    amortized({
      billed: "net_billed",
      covered: file.extraCost("savings_plan_net_savings_plan_effective_cost"),
      unusedPlan: unusedPlan && `CASE WHEN ${unusedPlan} = 0 THEN 0 END`,
      discounted: file.extraCost("reservation_net_effective_cost"),
      unusedReservation: combined(
        "+",
        file.extraCost("reservation_net_unused_amortized_upfront_fee_for_billing_period"),
        file.extraCost("reservation_net_unused_recurring_fee"),
      ),
    }),
  );
  return costs;
}

const combined = (operator: "+" | "-", a: string | null, b: string | null) =>
  a === null || b === null ? null : `${a} ${operator} ${b}`;

interface LabelSpelling {
  /** `resourceTags/user:App`: the key as the account spells it. */
  readonly slash: RegExp;
  /** `resource_tags_user_app`: small letters and underscores. */
  readonly snake: RegExp;
  /** CUR 2.0's maps. A key of an earlier one counts before the same key of a later one. */
  readonly maps: readonly string[];
}

/** Tags that users set are shown by their key alone, those of AWS (`aws:createdBy`) keep their prefix, as in Cost Explorer. */
const TAGS: LabelSpelling = {
  slash: /^resourceTags\/(?:user:)?(.+)$/s,
  snake: /^resource_tags_(?:user_)?(.+)$/s,
  // An export has the first, the second, which also contains tags of accounts and users, or both, with different keys.
  maps: ["resource_tags", "tags"],
};
const COST_CATEGORIES: LabelSpelling = {
  slash: /^costCategory\/(.+)$/s,
  snake: /^cost_category_(.+)$/s,
  maps: ["cost_category"],
};

function labelsOf(file: ColumnReader, columns: readonly FileColumn[], spelling: LabelSpelling): LabelColumns {
  const labelsIn = (from: readonly FileColumn[]) =>
    from.flatMap((column): ChargeLabel[] => {
      const asSpelled = spelling.slash.exec(column.name)?.[1];
      if (asSpelled !== undefined) return [{ name: asSpelled, isLowered: false, sql: textOf(column) }];
      const lowered = spelling.snake.exec(column.name)?.[1];
      return lowered === undefined ? [] : [{ name: lowered, isLowered: true, sql: textOf(column) }];
    });
  const maps = spelling.maps.map(file.exact).filter((column) => column !== null);
  const ofFile = labelsIn(columns);
  if (maps.length > 0) {
    // Of two equal keys map_concat keeps the last.
    const pairs = maps.map((map) => file.pairs(map)).reverse();
    return {
      columns: ofFile,
      pairs: pairs.length > 1 ? `map_concat(${pairs.join(", ")})` : (pairs[0] ?? null),
    };
  }
  const ofFolders = labelsIn(file.partitions).filter(
    ({ name }) => !ofFile.some((label) => label.name === name),
  );
  return { columns: [...ofFile, ...ofFolders], pairs: null };
}
