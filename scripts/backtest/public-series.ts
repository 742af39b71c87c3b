import { readFileSync } from "node:fs";
import { join } from "node:path";
import { addDays, type Day, daysIn } from "@dapanoskop/core/calendar";
import type { AccountLines } from "@dapanoskop/core/forecast/testing";

interface PublicSeries {
  readonly name: string;
  readonly file: string;
  /** The column with the value. */
  readonly column: string;
  /** The column with the day; absent: the first. */
  readonly dayColumn?: string;
  /** Days are written D/M/Y. */
  readonly isDayFirst?: boolean;
}

/** Daily or finer values of what people use: not a bill, but weeks, holidays, growth and events as they are. */
const publicFiles: readonly PublicSeries[] = [
  {
    name: "Visits of a web site",
    file: "visitas_por_dia_web_cienciadedatos.csv",
    column: "users",
    isDayFirst: true,
  },
  { name: "Bicycle hire, Madrid", file: "bicimad_users.csv", column: "users" },
  { name: "Bicycle hire, Washington", file: "bike_sharing_dataset_clean.csv", column: "users" },
  { name: "Metro, Madrid", file: "public-transport-madrid.csv", column: "metro" },
  { name: "Buses, Madrid", file: "public-transport-madrid.csv", column: "bus" },
  { name: "Trains, Madrid", file: "public-transport-madrid.csv", column: "train" },
  { name: "Electricity, Victoria", file: "vic_electricity.csv", column: "Demand", dayColumn: "Date" },
  {
    name: "Flights, United Kingdom",
    file: "uk_daily_flights.csv",
    column: "Number of flights",
    isDayFirst: true,
  },
  { name: "Taxis, New York", file: "nyc_taxi.csv", column: "value" },
  { name: "Pedestrians, Melbourne", file: "example_pedestrians_covid.csv", column: "y" },
];

/** Each series as an account of one usage type that begins on the first of a month; at most three years, the newest. */
export function publicSeries(
  folder: string,
): readonly { readonly name: string; readonly account: AccountLines }[] {
  return publicFiles.map((series) => {
    const values = valuesOf(readFileSync(join(folder, series.file), "utf8"), series);
    const days = [...values.keys()].sort();
    const last = days.at(-1) ?? "";
    const oldest = addDays(last, -3 * 365);
    const first = days.find((day) => day.endsWith("-01") && day >= oldest) ?? last;
    const count = daysIn({ start: first, end: last }) + 1;
    const costs = Array.from(
      { length: count },
      (_, at) => Math.round((values.get(addDays(first, at)) ?? 0) * 100) * 1e4,
    );
    const line = {
      service: series.name,
      usageType: series.column,
      costCenter: "All",
      workload: "all",
      chargeType: "Usage",
    };
    return {
      name: series.name,
      account: { first, lines: [{ ...line, unit: "count", costs, quantities: costs }] },
    };
  });
}

/** Sums by day. */
function valuesOf(
  text: string,
  { column, dayColumn, isDayFirst = false }: PublicSeries,
): ReadonlyMap<Day, number> {
  const [heading = [], ...rows] = text
    .replace(/^\uFEFF/, "")
    .trim()
    .split(/\r?\n/)
    .map((row) => row.replaceAll('"', "").split(","));
  const valueAt = heading.indexOf(column);
  const dayAt = dayColumn === undefined ? 0 : heading.indexOf(dayColumn);
  const values = new Map<Day, number>();
  for (const row of rows) {
    const text = row[dayAt] ?? "";
    const day = isDayFirst ? dayOf(text) : text.slice(0, 10);
    values.set(day, (values.get(day) ?? 0) + Number(row[valueAt]));
  }
  return values;
}

function dayOf(text: string): Day {
  const [day = "", month = "", year = ""] = text.split("/");
  return `${year.padStart(4, "20")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}
