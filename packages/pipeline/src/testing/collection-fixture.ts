import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { addDays, type Day, type Instant } from "@dapanoskop/core/calendar";
import { type Money, parseDecimal, parseMoney } from "@dapanoskop/core/money";
import {
  type Bill,
  billSource,
  type Charge,
  type CostAnswer,
  type CostQuery,
  type CostSource,
  type ForecastQuery,
} from "@dapanoskop/core/source";
import { testRuntime } from "@dapanoskop/core/testing";
import {
  parseDocument,
  runId,
  type Summary,
  summarySchema,
  type Trend,
  trendSchema,
} from "@dapanoskop/dataset";
import { parquetCodec } from "@dapanoskop/dataset/parquet";
import { type MemoryStore, memoryStore } from "@dapanoskop/dataset/store";
import {
  type CollectConfig,
  type CollectEvent,
  type CollectResult,
  collect,
  defaultConfig,
} from "../index.ts";

const wasm = createRequire(import.meta.url).resolve("parquet-wasm/esm/parquet_wasm_bg.wasm");
export const parquet = parquetCodec(readFileSync(wasm));

/** A charge that states only what matters: a dollar of S3 Standard, of workload `web` in center `A`. */
export function aCharge(
  day: Day,
  own: Partial<Omit<Charge, "cost" | "quantity" | "tags" | "costCategories">> & {
    readonly cost?: string;
    readonly quantity?: readonly [amount: string, unit: string];
    readonly workload?: string | null;
    readonly center?: string | null;
    readonly currency?: string;
  } = {},
): Charge {
  const {
    cost = "1",
    quantity = ["10", "GB-Mo"],
    workload = "web",
    center = "A",
    currency = "USD",
    ...rest
  } = own;
  return {
    day,
    service: "Amazon Simple Storage Service",
    usageType: "TimedStorage-ByteHrs",
    chargeType: "Usage",
    dimensions: {},
    ...rest,
    tags: new Map(workload === null ? [] : [["App", workload]]),
    costCategories: new Map(center === null ? [] : [["CostCenter", center]]),
    cost: parseMoney(cost, currency),
    quantity: { units: parseDecimal(quantity[0], 12), unit: quantity[1] },
  };
}

/** The same charge on every day from `from` up to `to`, which is not included. */
export function daily(from: Day, to: Day, own: Parameters<typeof aCharge>[1] = {}): readonly Charge[] {
  const charges: Charge[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) charges.push(aCharge(day, own));
  return charges;
}

export function aBill(
  charges: readonly Charge[],
  categories: Bill["costCategories"] = [{ name: "CostCenter", splitCharges: [] }],
): Bill {
  return { currency: "USD", charges, costCategories: categories };
}

/** A collection with its store in memory, and the queries that its source received. */
export class CollectionFixture {
  readonly store: MemoryStore = memoryStore();
  readonly queries: CostQuery[] = [];
  readonly forecasts: ForecastQuery[] = [];
  readonly progress: string[] = [];
  #runs = 0;

  async collect(
    bill: Bill | CostSource,
    event: Partial<CollectEvent> & { readonly at: Instant },
    config: Partial<CollectConfig> = {},
    batchMonths?: number,
  ): Promise<CollectResult> {
    const source = "query" in bill ? bill : billSource(bill, { at: event.at });
    const query = async (query: CostQuery): Promise<CostAnswer> => {
      this.queries.push(query);
      return source.query(query);
    };
    const forecast = async (forecastQuery: ForecastQuery): Promise<Money | null> => {
      this.forecasts.push(forecastQuery);
      return source.forecast(forecastQuery);
    };
    this.#runs += 1;
    return collect(
      { backfill: 0, force: false, ...event },
      { ...defaultConfig, ...config },
      {
        source: { ...bound(source), query, forecast },
        store: this.store,
        parquet,
        runId: runId(event.at, new Uint8Array(16).fill(this.#runs)),
        runtime: testRuntime(),
        progress: (sentence) => this.progress.push(sentence),
        ...(batchMonths !== undefined && { batchMonths }),
      },
    );
  }

  clearQueries(): void {
    this.queries.length = 0;
    this.forecasts.length = 0;
  }

  async summary(month: string): Promise<Summary> {
    const found = await this.store.get(`${month}/summary.json`);
    if (found === null) throw new Error(`${month} is not published.`);
    return parseDocument(summarySchema, month, found.body);
  }

  async trend(): Promise<Trend> {
    const found = await this.store.get("trend.json");
    if (found === null) throw new Error("There is no trend.");
    return parseDocument(trendSchema, "trend.json", found.body);
  }

  /** Every published byte, by key. */
  async files(prefix = ""): Promise<ReadonlyMap<string, string>> {
    const keys = await this.store.list(prefix);
    const bodies = await Promise.all(keys.map((key) => this.store.get(key)));
    return new Map(keys.map((key, at) => [key, Buffer.from(bodies[at]?.body ?? []).toString("base64")]));
  }
}

function bound(source: CostSource): CostSource {
  return {
    query: (query) => source.query(query),
    forecast: (query) => source.forecast(query),
    costCategories: (window) => source.costCategories(window),
    splitCharges: (name) => source.splitCharges(name),
    ...(source.tagKeys !== undefined && {
      tagKeys: (window) => source.tagKeys?.(window) ?? Promise.resolve([]),
    }),
    ...(source.kind !== undefined && { kind: source.kind }),
    ...(source.provider !== undefined && { provider: source.provider }),
    ...(source.window !== undefined && { window: source.window }),
    ...(source.hasAllDays !== undefined && { hasAllDays: source.hasAllDays }),
    ...(source.covers !== undefined && { covers: (month) => source.covers?.(month) ?? true }),
  };
}
