import { addDays, type Day, daysInMonth, type Month } from "@dapanoskop/core/calendar";
import type { FileRow } from "./files.ts";

const instant = (day: Day) => `${day}T00:00:00Z`;

/** A line item of a legacy CUR: $10 of EC2, tagged, on a day of February 2026 and in its bill. */
export function aLineItem(id: number, day: Day, row: FileRow = {}): FileRow {
  const month = row["bill/BillingPeriodStartDate"]?.slice(0, 7) ?? day.slice(0, 7);
  return {
    "identity/LineItemId": `item-${id}`,
    "identity/TimeInterval": `${instant(day)}/${instant(addDays(day, 1))}`,
    "bill/PayerAccountId": "111122223333",
    "bill/BillingPeriodStartDate": instant(`${month}-01`),
    "lineItem/UsageAccountId": "111122223333",
    "lineItem/LineItemType": "Usage",
    "lineItem/UsageStartDate": instant(day),
    "lineItem/ProductCode": "AmazonEC2",
    "lineItem/UsageType": "EUC1-BoxUsage:m5.large",
    "lineItem/UsageAmount": "24",
    "lineItem/CurrencyCode": "USD",
    "lineItem/UnblendedCost": "10",
    "product/ProductName": "Amazon Elastic Compute Cloud",
    "pricing/unit": "Hrs",
    "resourceTags/user:App": "web",
    ...row,
  };
}

/** A charge of FOCUS 1.2: $10 of EC2, tagged, in the bill of its month. */
export function aFocusRow(day: Day, row: FileRow = {}): FileRow {
  return {
    BillingAccountId: "111122223333",
    BillingCurrency: "USD",
    BillingPeriodStart: instant(`${day.slice(0, 7)}-01`),
    ChargePeriodStart: instant(day),
    ChargeCategory: "Usage",
    BilledCost: "10",
    EffectiveCost: "10",
    ConsumedQuantity: "24",
    ConsumedUnit: "Hrs",
    InvoiceIssuerName: "Amazon Web Services, Inc.",
    ProviderName: "AWS",
    ServiceName: "Amazon Elastic Compute Cloud",
    SkuMeter: "EUC1-BoxUsage:m5.large",
    SubAccountId: "111122223333",
    Tags: '{"App":"web"}',
    ...row,
  };
}

const daysOf = (month: Month): readonly Day[] =>
  Array.from({ length: daysInMonth(month) }, (_, at) => addDays(`${month}-01`, at));

/** A line item of $10 on every day of a month. */
export const lineItemsOf = (month: Month, firstId = 1): readonly FileRow[] =>
  daysOf(month).map((day, at) => aLineItem(firstId + at, day));

export const focusRowsOf = (month: Month): readonly FileRow[] => daysOf(month).map((day) => aFocusRow(day));
