import type { MonthLedger } from "@dapanoskop/core/ledger";
import { moneyNumber } from "@dapanoskop/core/money";
import {
  type MonthDaysFiles,
  type ParquetCodec,
  renderMonthFiles,
  type SummaryContext,
} from "@dapanoskop/dataset";
import { contentTypeOf } from "@dapanoskop/edge";
import type { NewMonth } from "../publish/index.ts";

/** The files of a month, and what the files about all months contain of it: its summary and its days. */
export interface RenderedMonth extends MonthDaysFiles {
  readonly month: NewMonth;
}

/** Renders the files of a month as a run publishes them. */
export async function renderMonth(
  ledger: MonthLedger,
  parquet: ParquetCodec,
  config: string,
  context: Omit<SummaryContext, "files">,
): Promise<RenderedMonth> {
  const { files, ...content } = await renderMonthFiles(ledger, parquet, context);
  const { current } = ledger;
  return {
    ...content,
    month: {
      period: current.period,
      isMtd: ledger.running !== null,
      estimated: current.estimated,
      hasDays: current.days !== null,
      config,
      totalCost: moneyNumber(current.total),
      files: files.map((file) => ({ ...file, contentType: contentTypeOf(file.name) })),
    },
  };
}
