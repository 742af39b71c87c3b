import { addDays, type Day, firstDay, type Month, monthOf, monthWindow } from "@dapanoskop/core/calendar";
import { MONEY_DECIMALS, moneyFromNumber, parseDecimal } from "@dapanoskop/core/money";
import type { ServiceUsageRow } from "@dapanoskop/core/pricing";
import type { IndexDocument } from "../documents/index-document.ts";
import { numberAt, type ServiceColumns, textAt } from "../parquet/columns.ts";
import type { DatasetReader } from "./dataset-reader.ts";

/** Complete days of which costs by usage type are read: every weekday four times. */
const OBSERVED_DAYS = 30;

/** The newest complete days of the published dataset by service and usage type. */
export interface ObservedDays {
  readonly rows: readonly ServiceUsageRow[];
  readonly currency: string;
  /** The last complete day. */
  readonly through: Day;
}

/**
 * What rates are observed from: the rows of `cost-by-service.parquet` of the newest thirty complete days. `null` where nothing is
 * published, or no day that the source has delivered in full.
 * @throws ArtifactError when a file is not as published, and what reading a file throws
 */
export async function observedDays(
  reader: DatasetReader,
  index: IndexDocument,
): Promise<ObservedDays | null> {
  const daily = await reader.daily(index);
  const through = daily?.complete_through ?? null;
  if (daily === null || through === null) return null;
  const since = addDays(through, 1 - OBSERVED_DAYS);
  const { currency } = daily;
  const months = monthsOf(since, through).filter((month) => index.periods.includes(month));
  const tables = await Promise.all(months.map((month) => reader.serviceColumns(index, month)));
  const rows = tables.flatMap((table) => (table === null ? [] : rowsOf(table, { since, through, currency })));
  return rows.length === 0 ? null : { rows, currency, through };
}

function monthsOf(since: Day, through: Day): readonly Month[] {
  const months: Month[] = [];
  for (let day = firstDay(monthOf(since)); day <= through; day = monthWindow(monthOf(day)).end) {
    months.push(monthOf(day));
  }
  return months;
}

function rowsOf(
  { data, rows }: ServiceColumns,
  { since, through, currency }: { readonly since: Day; readonly through: Day; readonly currency: string },
): readonly ServiceUsageRow[] {
  const found: ServiceUsageRow[] = [];
  for (let row = 0; row < rows; row++) {
    const day = textAt(data.date, row);
    if (day < since || day > through) continue;
    const quantity = numberAt(data.usage_quantity, row);
    const unit = textAt(data.unit, row);
    found.push({
      day,
      service: textAt(data.service, row),
      usageType: textAt(data.usage_type, row),
      // The codec refuses a file with a missing amount.
      cost: moneyFromNumber(numberAt(data.cost_usd, row) ?? 0, currency),
      quantity:
        quantity === null || unit === ""
          ? null
          : { units: parseDecimal(String(quantity), MONEY_DECIMALS), unit },
    });
  }
  return found;
}
