import { type Money, moneyFromNumber } from "@dapanoskop/core/money";
import type { IndexDocument, Summary, Trend } from "@dapanoskop/dataset";
import { visible } from "@dapanoskop/dataset/report";
import { createMemo, Show } from "solid-js";
import { hrefOf, useAddress } from "../address/address.ts";
import { YEAR_AND_MONTH } from "../chart/trend-series.ts";
import { type CostLine, costCenterLines } from "../data/cost-lines.ts";
import { useDataset } from "../data/dataset-context.tsx";
import button from "../parts/button.module.css";
import { ChangeText } from "../parts/change-text.tsx";
import { download, fileName } from "../parts/download.ts";
import { ComparedWith, Figure, Figures } from "../parts/figures.tsx";
import { Name } from "../parts/name.tsx";
import { Section } from "../parts/section.tsx";
import { SignificantRule } from "../parts/significant-change.tsx";
import { Await, Notice } from "../parts/states.tsx";
import { Term } from "../parts/term.tsx";
import { DataTable } from "../table/data-table.tsx";
import { tableCsv } from "../table/table-csv.ts";
import { addressState } from "../table/table-state.ts";
import { useFormats } from "../words/formats-context.tsx";
import { periodWords } from "../words/period-words.ts";
import {
  type CostTableContext,
  changeColumn,
  nameColumn,
  percentColumn,
  totalColumn,
  yearColumn,
} from "./cost-columns.tsx";
import { MonthPage } from "./month-page.tsx";
import title from "./title.module.css";
import { TrendSection } from "./trend-section.tsx";

/** One cost center: totals, trend, workloads. */
export default function CostCenterPage() {
  const address = useAddress();
  const name = () => address.text("name") ?? "";
  return (
    <MonthPage title={() => visible(name(), 40)}>
      {(summary) => {
        const { trend } = useDataset();
        const row = createMemo(() =>
          costCenterLines(summary(), trend().value, YEAR_AND_MONTH).find((each) => each.name === name()),
        );
        return (
          <Show when={row()} fallback={<NotInMonth name={name()} period={summary().period} />}>
            {(center) => <Center center={center()} summary={summary()} />}
          </Show>
        );
      }}
    </MonthPage>
  );
}

function Center(props: { center: CostLine; summary: Summary }) {
  const { trend } = useDataset();
  const formats = useFormats();
  const state = addressState(useAddress());
  const words = () => periodWords(props.summary, formats);
  const whole = (): Money => moneyFromNumber(props.summary.totals.current_cost_usd, props.summary.currency);
  const columns = createMemo(() => {
    const table: CostTableContext = { summary: props.summary, formats, words: words(), whole: whole() };
    return [
      nameColumn(table, "Workload", [["workload", ({ name }) => name]]),
      totalColumn(table, props.center.current),
      changeColumn(table),
      percentColumn(table),
      yearColumn(table),
    ];
  });
  const save = () =>
    download(
      fileName("dapanoskop", props.summary.period, props.center.name, "workloads.csv"),
      "text/csv",
      tableCsv(columns(), props.center.workloads),
    );
  return (
    <>
      <p class={title.crumb}>
        <a href={hrefOf("/", props.summary.period)}>{words().month}</a> · <Term of="costCenter" />
      </p>
      <h1 class={title.title}>
        <Name of={props.center.name} limit={120} />
      </h1>
      <Figures>
        <Figure word={words().progress ?? words().month} value={formats.money(props.center.current)}>
          <ChangeText change={props.center.change} /> <ComparedWith>{words().against}</ComparedWith>
        </Figure>
        <Figure
          word={words().yearBefore}
          value={props.center.yearBefore === null ? "unknown" : formats.money(props.center.yearBefore)}
        >
          <Show when={props.center.yearChange} fallback="the whole month">
            {(change) => <ChangeText change={change()} />}
          </Show>
        </Figure>
        <Figure word={<Term of="direct" />} value={formats.money(props.center.direct)} />
        <Figure word={<Term of="allocated" />} value={formats.money(props.center.allocated)} />
      </Figures>
      <Await of={trend} what="the trend">
        {(known) => (
          <TrendSection
            history={costCenterHistory(known(), props.center.name)}
            currency={props.summary.currency}
            period={props.summary.period}
            path="/cost-center"
            name={props.center.name}
          />
        )}
      </Await>
      <Section
        title="Its workloads"
        actions={
          <button type="button" class={button.quiet} onClick={save}>
            CSV
          </button>
        }
      >
        <DataTable
          caption={`Workloads of ${visible(props.center.name, 60)}`}
          columns={columns()}
          rows={props.center.workloads}
          name={(row) => row.name}
          state={state}
          things={["workload", "workloads"]}
          foot
        />
        <SignificantRule />
        <p class={title.words} data-print="no">
          <Term of="workload" /> <Term of="untagged" />
        </p>
      </Section>
    </>
  );
}

const costCenterHistory = ({ months }: Trend, name: string) =>
  months.map(({ period, is_mtd, cost_centers }) => ({
    period,
    isRunning: is_mtd,
    cost: cost_centers.find((center) => center.name === name)?.cost_usd ?? null,
  }));

/** The address names something that this month does not hold: it may be another month's, or renamed. */
export function NotInMonth(props: { name: string; period: IndexDocument["periods"][number] }) {
  const formats = useFormats();
  return (
    <Notice
      page
      title={`Not in ${formats.month(props.period)}`}
      next={
        <a class={button.main} href={hrefOf("/", props.period)}>
          To the overview
        </a>
      }
    >
      <p>
        <Name of={props.name} /> has no cost in this month or in those it is compared with. Another month
        above may have it.
      </p>
    </Notice>
  );
}
