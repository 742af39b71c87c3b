import type { MonthLedger } from "@dapanoskop/core/ledger";
import { moneyNumber } from "@dapanoskop/core/money";
import { type ParquetCodec, renderMonthFiles, type Summary, type SummaryContext } from "@dapanoskop/dataset";
import { contentTypeOf } from "@dapanoskop/edge";
import type { NewMonth } from "../publish/index.ts";

/** The files of a month, and its summary for the trend. */
export interface RenderedMonth {
  readonly month: NewMonth;
  readonly summary: Summary;
}

/** Renders the files of a month as a run publishes them. */
export async function renderMonth(
  ledger: MonthLedger,
  parquet: ParquetCodec,
  config: string,
  context: Omit<SummaryContext, "files">,
): Promise<RenderedMonth> {
  const { summary, files } = await renderMonthFiles(ledger, parquet, context);
  const { current } = ledger;
  return {
    summary,
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
