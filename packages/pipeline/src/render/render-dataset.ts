import type { MonthLedger } from "@dapanoskop/core/ledger";
import type { ArtifactStore } from "@dapanoskop/core/store";
import type { ParquetCodec, SummaryContext } from "@dapanoskop/dataset";
import { type NewMonth, previousIndex, type SharedFile } from "../publish/index.ts";
import { dailyFile } from "./daily-file.ts";
import { type RenderedMonth, renderMonth } from "./render-month.ts";
import { trendFile } from "./trend-file.ts";

/** The files that a collection publishes: those of each month, and those about all months. */
export interface RenderedDataset {
  readonly months: readonly NewMonth[];
  readonly shared: readonly SharedFile[];
}

export interface RenderOptions extends Omit<SummaryContext, "files"> {
  readonly store: ArtifactStore;
  readonly parquet: ParquetCodec;
  /** The hash of the configuration. */
  readonly config: string;
}

export async function renderDataset(
  ledgers: readonly MonthLedger[],
  { store, parquet, config, ...context }: RenderOptions,
): Promise<RenderedDataset> {
  const rendered: RenderedMonth[] = [];
  for (const ledger of ledgers) rendered.push(await renderMonth(ledger, parquet, config, context));
  const summaries = rendered.map(({ summary }) => summary);
  return {
    months: rendered.map(({ month }) => month),
    shared: [trendFile(summaries, store), dailyFile(rendered, { store, parquet, ...context }), previousIndex],
  };
}
