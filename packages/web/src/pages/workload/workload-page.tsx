import { moneyFromNumber } from "@dapanoskop/core/money";
import type { IndexDocument, Summary } from "@dapanoskop/dataset";
import { visible } from "@dapanoskop/dataset/report";
import { createEffect, createMemo, For, Show } from "solid-js";
import { hrefOf, useAddress } from "../../address/address.ts";
import { YEAR_AND_MONTH } from "../../chart/trend-series.ts";
import { comparedUsage } from "../../data/compared-usage.ts";
import { type CostLine, costCenterShares, workloadLine } from "../../data/cost-lines.ts";
import { useDataset } from "../../data/dataset-context.tsx";
import { createLoadable } from "../../data/loadable.ts";
import { createWorkloadHistory } from "../../data/workload-history.ts";
import { ChangeText } from "../../parts/change-text.tsx";
import { ComparedWith, Figure, Figures } from "../../parts/figures.tsx";
import { Name } from "../../parts/name.tsx";
import { Section } from "../../parts/section.tsx";
import { Await } from "../../parts/states.tsx";
import { Term } from "../../parts/term.tsx";
import { usageLines } from "../../why/usage-lines.ts";
import { useFormats } from "../../words/formats-context.tsx";
import { periodWords } from "../../words/period-words.ts";
import { NotInMonth } from "../cost-center-page.tsx";
import { MonthPage } from "../month-page.tsx";
import title from "../title.module.css";
import { TrendSection } from "../trend-section.tsx";
import { ChangeSection } from "./change-section.tsx";
import { UsageSection } from "./usage-section.tsx";

/** One workload: totals, trend, why it changed, and what it used. */
export default function WorkloadPage() {
  const address = useAddress();
  const name = () => address.text("name") ?? "";
  const { reader, index, period } = useDataset();
  // Usage travels with the summary: by the time its place on the page is known, it may be there.
  createEffect(() => {
    const [known, month] = [index().value, period()];
    if (known === null || known === undefined || month === null) return;
    const ahead: Promise<unknown>[] = [reader.usage(known, month)];
    if (known.snapshot[month]?.is_mtd) ahead.push(reader.priorPeriodToDateWindow(known, month));
    Promise.all(ahead).catch(() => undefined); // where it is drawn, it is asked for again
  });
  return (
    <MonthPage title={() => visible(name(), 40)}>
      {(summary, known) => {
        const row = createMemo(() => workloadLine(summary(), name()));
        return (
          <Show when={row()} fallback={<NotInMonth name={name()} period={summary().period} />}>
            {(workload) => <Workload workload={workload()} summary={summary()} index={known()} />}
          </Show>
        );
      }}
    </MonthPage>
  );
}

function Workload(props: { workload: CostLine; summary: Summary; index: IndexDocument }) {
  const { reader, trend } = useDataset();
  const address = useAddress();
  const formats = useFormats();
  const words = () => periodWords(props.summary, formats);
  // The same in every month: what is told of it elsewhere stays.
  const name = createMemo(() => props.workload.name);
  const places = createMemo(() => costCenterShares(props.summary, props.workload.name));
  const months = createMemo(() => {
    const all = [...props.index.periods].reverse();
    return address.text("months") === "all" ? all : all.slice(-YEAR_AND_MONTH);
  });
  const history = createWorkloadHistory(
    reader,
    createMemo(() => ({ index: props.index, name: name(), months: months() })),
  );
  const isRunning = (period: string) =>
    props.index.snapshot[period]?.is_mtd ??
    trend().value?.months.find((month) => month.period === period)?.is_mtd ??
    false;
  // Usage keeps its own month's summary: until another month's rows are there, the old ones are told by their own periods.
  const usage = createLoadable(
    createMemo(() => ({ index: props.index, summary: props.summary })),
    ({ index, summary }) => comparedUsage(reader, index, summary),
  );

  return (
    <>
      <p class={title.crumb}>
        <a href={hrefOf("/", props.summary.period)}>{words().month}</a> · <Term of="workload" />
        <Show when={places().length > 0}> in </Show>
        <For each={places()}>
          {({ center }, at) => (
            <>
              <Show when={at() > 0}>, </Show>
              <a href={hrefOf("/cost-center", props.summary.period, { name: center })}>
                <Name of={center} limit={40} />
              </a>
            </>
          )}
        </For>
      </p>
      <h1 class={title.title}>
        <Name of={props.workload.name} limit={120} />
      </h1>
      <Figures>
        <Figure word={words().progress ?? words().month} value={formats.money(props.workload.current)}>
          <ChangeText change={props.workload.change} /> <ComparedWith>{words().against}</ComparedWith>
        </Figure>
        <Figure
          word={words().yearBefore}
          value={props.workload.yearBefore === null ? "unknown" : formats.money(props.workload.yearBefore)}
        >
          <Show when={props.workload.yearChange} fallback="the whole month">
            {(change) => <ChangeText change={change()} />}
          </Show>
        </Figure>
        <Show when={places().length > 1}>
          <For each={places()}>
            {({ center, row }) => (
              <Figure word={<Name of={center} limit={40} />} value={formats.money(row.current)}>
                <ChangeText change={row.change} />
              </Figure>
            )}
          </For>
        </Show>
      </Figures>
      <TrendSection
        history={props.index.periods.toReversed().map((period) => ({
          period,
          isRunning: isRunning(period),
          cost: history().get(period) ?? null,
        }))}
        currency={props.summary.currency}
        period={props.summary.period}
        path="/workload"
        name={props.workload.name}
      />
      <Show
        when={usage().state !== "failed"}
        fallback={
          <Section title="Why did it change?">
            <Await of={usage} what="its usage">
              {() => null}
            </Await>
          </Section>
        }
      >
        <Await of={usage} what="its usage">
          {(compared) => {
            const summary = () => compared().summary;
            const lines = createMemo(() => usageLines(compared().tables, name(), summary().currency));
            return (
              <>
                <ChangeSection lines={lines()} of={compared()} name={name()} />
                <UsageSection
                  lines={lines()}
                  of={compared()}
                  name={name()}
                  whole={moneyFromNumber(summary().totals.current_cost_usd, summary().currency)}
                />
              </>
            );
          }}
        </Await>
      </Show>
    </>
  );
}
