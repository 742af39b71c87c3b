import type { MonthContents } from "@dapanoskop/dataset";
import { Show } from "solid-js";
import type { ComparedUsage } from "../data/compared-usage.ts";
import { costCenterLines, workloadLine } from "../data/cost-lines.ts";
import { publishedMonthReport } from "../data/month-report.ts";
import { storageTierLines } from "../data/storage-tiers.ts";
import { Charges } from "../pages/overview/charges.tsx";
import { CostCenters } from "../pages/overview/cost-centers.tsx";
import { DataQuality } from "../pages/overview/data-quality.tsx";
import { MonthTotal } from "../pages/overview/month-total.tsx";
import { StorageFigures } from "../pages/storage/storage-figures.tsx";
import { TierTable } from "../pages/storage/tier-table.tsx";
import { VolumeByTier } from "../pages/storage/volume-by-tier.tsx";
import { Mark } from "../parts/mark.tsx";
import { Section } from "../parts/section.tsx";
import { useFormats } from "../words/formats-context.tsx";
import { type TermName, terms } from "../words/terms.ts";
import { MonthChanges } from "./month-changes.tsx";
import css from "./month-file.module.css";
import { MonthTrend } from "./month-trend.tsx";
import { MonthUsage } from "./month-usage.tsx";
import { TermGlossary } from "./term-glossary.tsx";

/** The file shows neither the categories of usage types nor the column of the biggest movers. */
const usedTerms = (Object.keys(terms) as TermName[]).filter(
  (name) => name !== "category" && name !== "mover",
);

/** A published month with all its tables and drawings, one below the other. */
export function MonthDocument(props: { month: MonthContents; usage: ComparedUsage | null }) {
  const formats = useFormats();
  const { index, summary, trend } = props.month;
  const report = publishedMonthReport(index, summary, trend);
  const tiers = storageTierLines(summary);
  return (
    <div class={css.document}>
      <header class={css.head}>
        <span class={css.mark}>
          <Mark />
          Dapanoskop
        </span>
        <span>Collected {formats.instant(summary.collected_at)}</span>
      </header>
      <main>
        <MonthTotal summary={summary} report={report} />
        <MonthTrend summary={summary} trend={trend} />
        <CostCenters summary={summary} trend={trend} monthTotal={report.figures.total.current} />
        <Show when={props.usage}>{(usage) => <MonthChanges report={report} usage={usage()} />}</Show>
        <Charges summary={summary} report={report} />
        <Show when={report.storage.isCounted}>
          <Section title="Storage">
            <StorageFigures summary={summary} report={report} />
          </Section>
          <Show when={tiers.length > 0}>
            <VolumeByTier period={summary.period} tiers={tiers} />
            <TierTable summary={summary} tiers={tiers} counted={report.storage.counted} />
          </Show>
        </Show>
        <DataQuality report={report} now={null} />
        <Show when={props.usage}>
          {(usage) => (
            <div class={css.usage}>
              <MonthUsage usage={usage()} workloads={workloadsOf(props.month)} />
            </div>
          )}
        </Show>
        <TermGlossary terms={usedTerms} />
      </main>
      <footer class={css.foot}>Dapanoskop, the cost observer</footer>
    </div>
  );
}

/** Each workload once, over all its cost centers, by cost descending. */
function workloadsOf({ summary }: MonthContents) {
  const names = new Set(
    costCenterLines(summary, undefined, 0).flatMap(({ workloads }) => workloads.map(({ name }) => name)),
  );
  return [...names]
    .flatMap((name) => workloadLine(summary, name) ?? [])
    .sort((a, b) => (a.current.units === b.current.units ? 0 : a.current.units > b.current.units ? -1 : 1));
}
