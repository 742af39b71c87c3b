import { type Instant, parseInstant } from "@dapanoskop/core/calendar";
import { type CostSource, CostSourceError } from "@dapanoskop/core/source";
import { type MemoryStore, memoryStore } from "@dapanoskop/dataset/store";
import type { CollectResult } from "@dapanoskop/pipeline";
import { type CollectRuntime, collectHandler } from "../collect/index.ts";
import { loadParquet } from "../collect/load-parquet.ts";

const parquet = await loadParquet();

export type LogLine = Readonly<Record<string, unknown>>;

/** A deployed collector in this process: invoke it, then look at what it published and wrote. */
export class CollectorFixture {
  readonly store: MemoryStore = memoryStore();
  readonly lines: LogLine[] = [];
  environment: Readonly<Record<string, string>> = { DATA_BUCKET: "bill" };
  #runs = 0;

  /** @param now the machine's clock, which is not the event's */
  async invoke(
    source: CostSource,
    event: unknown,
    { now = "2026-03-08T06:00:30Z", remaining = 300_000 }: { now?: Instant; remaining?: number } = {},
  ): Promise<CollectResult> {
    this.#runs += 1;
    const runtime: CollectRuntime = {
      environment: this.environment,
      source: () => source,
      store: () => this.store,
      parquet,
      now: () => new Date(parseInstant(now)),
      elapsed: () => 0,
      random: () => 0.5,
      randomBytes: (count) => new Uint8Array(count).fill(this.#runs),
      sleep: async () => {},
      write: (line) => void this.lines.push(JSON.parse(line)),
    };
    return collectHandler(runtime)(event, {
      getRemainingTimeInMillis: () => remaining,
      awsRequestId: "request-1",
      functionName: "collector",
    });
  }

  /** The metrics of the last invocation. */
  metrics(): LogLine {
    return this.lines.findLast((line) => "_aws" in line) ?? {};
  }
}

/** A source whose time is over after some questions. */
export function shortOfTime(source: CostSource, questions: number): CostSource {
  let left = questions;
  return {
    query: async (question) => {
      if (left-- > 0) return source.query(question);
      throw new CostSourceError("deadline", question.window, "GetCostAndUsage: no time is left for it.");
    },
    forecast: (question) => source.forecast(question),
    costCategories: (window) => source.costCategories(window),
    splitCharges: (name) => source.splitCharges(name),
  };
}
