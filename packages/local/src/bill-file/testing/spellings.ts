import { decimalText, MONEY_DECIMALS, moneyText } from "@dapanoskop/core/money";
import type { Charge } from "@dapanoskop/core/source";
import { curName } from "../column-names.ts";
import type { FileRow } from "./files.ts";

/** A charge as a legacy CUR spells it. EC2's two services have one product there. */
export function legacyRow(charge: Charge): FileRow {
  const isEc2 = charge.service === "EC2 - Other" || charge.service.endsWith(" - Compute");
  return {
    "bill/PayerAccountId": "111122223333",
    "bill/BillingPeriodStartDate": `${charge.day.slice(0, 7)}-01T00:00:00Z`,
    "lineItem/UsageAccountId": charge.dimensions.linkedAccount ?? "",
    "lineItem/LineItemType": charge.chargeType,
    "lineItem/UsageStartDate": `${charge.day}T23:00:00Z`,
    "lineItem/UsageEndDate": `${charge.day}T23:59:59Z`,
    "lineItem/ProductCode": isEc2 ? "AmazonEC2" : "AmazonOther",
    "lineItem/UsageType": charge.usageType === "NoUsageType" ? "" : charge.usageType,
    "lineItem/Operation": charge.dimensions.operation ?? "",
    "lineItem/UsageAmount":
      charge.quantity === null ? "" : decimalText(charge.quantity.units, MONEY_DECIMALS),
    "lineItem/CurrencyCode": charge.cost.currency,
    "lineItem/UnblendedCost": moneyText(charge.cost),
    "lineItem/BlendedCost": moneyText(charge.costs?.BlendedCost ?? charge.cost),
    "product/ProductName": isEc2 ? "Amazon Elastic Compute Cloud" : charge.service,
    "product/regionCode": charge.dimensions.region ?? "",
    "pricing/unit": charge.quantity?.unit ?? "",
    ...labels(charge.tags, (key) => `resourceTags/user:${key}`),
    ...labels(charge.costCategories, (name) => `costCategory/${name}`),
  };
}

/** As Athena spells it. */
export const athenaRow = (charge: Charge): FileRow =>
  Object.fromEntries(Object.entries(legacyRow(charge)).map(([name, value]) => [curName(name), value]));

/** As CUR 2.0 spells it: product, tags and cost categories as maps, in JSON. */
export function cur2Row(charge: Charge): FileRow {
  const { product_product_name: product = "", ...row } = Object.fromEntries(
    Object.entries(athenaRow(charge)).filter(([name]) => !/^(resource_tags|cost_category)_/.test(name)),
  );
  const map = (entries: ReadonlyMap<string, string>, prefix: string) =>
    JSON.stringify(
      Object.fromEntries([...entries].map(([name, value]) => [`${prefix}${curName(name)}`, value])),
    );
  return {
    ...row,
    bill_payer_account_name: "Payer",
    product: JSON.stringify({ product_name: product }),
    resource_tags: map(charge.tags, "user_"),
    cost_category: map(charge.costCategories, ""),
  };
}

/** As FOCUS spells it, with AWS's own columns. */
export function focusRow(charge: Charge): FileRow {
  const isEc2 = charge.service === "EC2 - Other" || charge.service.endsWith(" - Compute");
  return {
    BilledCost: moneyText(charge.cost),
    EffectiveCost: moneyText(charge.costs?.AmortizedCost ?? charge.cost),
    BillingCurrency: charge.cost.currency,
    BillingPeriodStart: `${charge.day.slice(0, 7)}-01 00:00:00`,
    ChargeCategory: charge.chargeType,
    ChargeClass: "",
    ChargePeriodStart: `${charge.day} 23:00:00`,
    ConsumedQuantity: charge.quantity === null ? "" : decimalText(charge.quantity.units, MONEY_DECIMALS),
    ConsumedUnit: charge.quantity?.unit ?? "",
    ProviderName: "AWS",
    PublisherName: "Amazon Web Services, Inc.",
    RegionId: charge.dimensions.region ?? "",
    ServiceName: isEc2 ? "Amazon Elastic Compute Cloud" : charge.service,
    SubAccountId: charge.dimensions.linkedAccount ?? "",
    Tags: JSON.stringify(Object.fromEntries(charge.tags)),
    x_CostCategories: JSON.stringify(Object.fromEntries(charge.costCategories)),
    x_Operation: charge.dimensions.operation ?? "",
    x_UsageType: charge.usageType === "NoUsageType" ? "" : charge.usageType,
  };
}

const labels = (entries: ReadonlyMap<string, string>, column: (name: string) => string): FileRow =>
  Object.fromEntries([...entries].map(([name, value]) => [column(name), value]));
