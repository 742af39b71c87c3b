import { visible } from "@dapanoskop/core/text";
import type { Summary, Trend } from "@dapanoskop/dataset";
import { createMemo, Show, Suspense } from "solid-js";
import { hrefOf, useAddress } from "../address/address.ts";
import type { MonthCost } from "../chart/single-series.ts";
import { YEAR_AND_MONTH } from "../chart/trend-series.ts";
import { type CostLine, costCenterLines } from "../data/cost-lines.ts";
import { useDataset } from "../data/dataset-context.tsx";
import { Await } from "../parts/await.tsx";
import { Figure } from "../parts/figures.tsx";
import { lazyPart } from "../parts/lazy-part.tsx";
import { Name } from "../parts/name.tsx";
import { PageHeading } from "../parts/page-heading.tsx";
import { Term } from "../parts/term.tsx";
import { useFormats } from "../words/formats-context.tsx";
import { CostCenterWorkloads } from "./cost-center-workloads.tsx";
import { CostFigures } from "./cost-figures.tsx";
import { MonthPage } from "./month-page.tsx";
import { NotInMonth } from "./not-in-month.tsx";
import { SingleTrend } from "./single-trend.tsx";

const CostCenterBudgets = /* @__PURE__ */ lazyPart(() => import("./cost-center-budgets.tsx"));

/** One cost center: its figures, cost by month, and workloads. */
export default function CostCenterPage() {
  const address = useAddress();
  const { trend } = useDataset();
  const name = () => address.text("name") ?? "";
  return (
    <MonthPage title={() => visible(name(), 40)}>
      {(summary) => {
        const center = createMemo(() =>
          costCenterLines(summary(), trend().value, YEAR_AND_MONTH).find((line) => line.name === name()),
        );
        return (
          <Show when={center()} fallback={<NotInMonth name={name()} period={summary().period} />}>
            {(known) => <CostCenter center={known()} summary={summary()} />}
          </Show>
        );
      }}
    </MonthPage>
  );
}

function CostCenter(props: { center: CostLine; summary: Summary }) {
  const { trend, hasApi } = useDataset();
  const formats = useFormats();
  return (
    <>
      <PageHeading
        above={
          <>
            <a href={hrefOf("/", props.summary.period)}>{formats.month(props.summary.period)}</a> ·{" "}
            <Term of="costCenter" />
          </>
        }
      >
        <Name of={props.center.name} limit={120} />
      </PageHeading>
      <CostFigures line={props.center} summary={props.summary}>
        <Figure
          word={<Term of="direct" />}
          value={formats.units(props.center.displayedDirect, props.summary.currency)}
        />
        <Figure
          word={<Term of="allocated" />}
          value={formats.units(props.center.displayedAllocated, props.summary.currency)}
        />
      </CostFigures>
      <Await value={trend} what="the trend">
        {(known) => (
          <SingleTrend
            history={historyOf(known(), props.center.name)}
            currency={props.summary.currency}
            period={props.summary.period}
            path="/cost-center"
            name={props.center.name}
          />
        )}
      </Await>
      <CostCenterWorkloads center={props.center} summary={props.summary} />
      <Show when={hasApi().value === true}>
        <Suspense>
          <CostCenterBudgets name={props.center.name} />
        </Suspense>
      </Show>
    </>
  );
}

const historyOf = ({ months }: Trend, name: string): readonly MonthCost[] =>
  months.map(({ period, is_mtd, cost_centers }) => ({
    period,
    isRunning: is_mtd,
    cost: cost_centers.find((center) => center.name === name)?.cost_usd ?? null,
  }));
