import { visible } from "@dapanoskop/core/text";
import type { IndexDocument, Summary } from "@dapanoskop/dataset";
import { createEffect, createMemo, Show } from "solid-js";
import { useAddress } from "../../address/address.ts";
import { YEAR_AND_MONTH } from "../../chart/trend-series.ts";
import { type CostLine, costCenterShares, workloadLine } from "../../data/cost-lines.ts";
import { useDataset } from "../../data/dataset-context.tsx";
import { createWorkloadHistory } from "../../data/workload-history.ts";
import { CostFigures } from "../cost-figures.tsx";
import { MonthPage } from "../month-page.tsx";
import { NotInMonth } from "../not-in-month.tsx";
import { SingleTrend } from "../single-trend.tsx";
import { CostCenterFigures } from "./cost-center-figures.tsx";
import { WorkloadHeading } from "./workload-heading.tsx";
import { WorkloadUsage } from "./workload-usage.tsx";

/** One workload: its figures, cost by month, why it changed, and what was used. */
export default function WorkloadPage() {
  const address = useAddress();
  const name = () => address.text("name") ?? "";
  prefetchUsage();
  return (
    <MonthPage title={() => visible(name(), 40)}>
      {(summary, index) => {
        const workload = createMemo(() => workloadLine(summary(), name()));
        return (
          <Show when={workload()} fallback={<NotInMonth name={name()} period={summary().period} />}>
            {(line) => <Workload workload={line()} summary={summary()} index={index()} />}
          </Show>
        );
      }}
    </MonthPage>
  );
}

/** Fetches the month's usage together with its summary, so that it is there when the page draws it. */
function prefetchUsage(): void {
  const { reader, index, period } = useDataset();
  createEffect(() => {
    const [known, month] = [index().value, period()];
    if (known === null || known === undefined || month === null) return;
    const files: Promise<unknown>[] = [reader.usage(known, month)];
    if (known.snapshot[month]?.is_mtd) files.push(reader.priorPeriodToDateUsage(known, month));
    // A failure is reported where the usage is drawn: that reads it again.
    Promise.all(files).catch(() => undefined);
  });
}

function Workload(props: { workload: CostLine; summary: Summary; index: IndexDocument }) {
  const shares = createMemo(() => costCenterShares(props.summary, props.workload.name));
  return (
    <>
      <WorkloadHeading
        name={props.workload.name}
        period={props.summary.period}
        costCenters={shares().map(({ center }) => center)}
      />
      <CostFigures line={props.workload} summary={props.summary}>
        <CostCenterFigures shares={shares()} />
      </CostFigures>
      <WorkloadTrend name={props.workload.name} summary={props.summary} index={props.index} />
      <WorkloadUsage
        name={props.workload.name}
        displayedTotal={props.workload.displayed}
        summary={props.summary}
        index={props.index}
      />
    </>
  );
}

function WorkloadTrend(props: { name: string; summary: Summary; index: IndexDocument }) {
  const { reader, trend } = useDataset();
  const address = useAddress();
  const name = createMemo(() => props.name);
  const periods = createMemo(() => props.index.periods.toReversed());
  const history = createWorkloadHistory(
    reader,
    createMemo(() => {
      const shown = address.text("months") === "all" ? periods() : periods().slice(-YEAR_AND_MONTH);
      return { index: props.index, name: name(), months: shown };
    }),
  );
  const isRunning = (period: string) =>
    props.index.snapshot[period]?.is_mtd ??
    trend().value?.months.find((month) => month.period === period)?.is_mtd ??
    false;
  return (
    <SingleTrend
      history={periods().map((period) => ({
        period,
        isRunning: isRunning(period),
        cost: history().get(period) ?? null,
      }))}
      currency={props.summary.currency}
      period={props.summary.period}
      path="/workload"
      name={props.name}
    />
  );
}
