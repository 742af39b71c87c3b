import { changeOf, type MonthReport } from "@dapanoskop/core/insight";
import type { Money } from "@dapanoskop/core/money";
import type { Summary } from "@dapanoskop/dataset";
import { Show } from "solid-js";
import { ChangeText, Shape } from "../../parts/change-text.tsx";
import { ComparedWith, Figure, Figures } from "../../parts/figures.tsx";
import { Term } from "../../parts/term.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import { periodWords } from "../../words/period-words.ts";

/** Storage in four figures, each with its change. */
export function StorageFigures(props: { summary: Summary; report: MonthReport }) {
  const formats = useFormats();
  const words = () => periodWords(props.summary, formats);
  const before = () => <ComparedWith>{words().previousMonth}</ComparedWith>;
  const money = (amount: Money | null) => (amount === null ? "unknown" : formats.money(amount));
  const compared = () => props.report.storage;
  const current = () => props.report.figures.storage.current;
  const previous = () => props.report.figures.storage.previousMonth;
  const bytes = (count: bigint | null) => (count === null ? null : Number(count));
  return (
    <Figures>
      <Figure word={<Term of="storageCost" />} value={money(current().cost)}>
        <ChangeText change={compared().change} /> <ComparedWith>{words().against}</ComparedWith>
      </Figure>
      <Figure word={<Term of="costPerTb" />} value={money(compared().costPerTb)}>
        <ChangeText change={changeOf(compared().costPerTb, compared().previousCostPerTb)} />
        {before()}
      </Figure>
      <Figure
        word={<Term of="volume" />}
        value={current().volumeBytes === null ? "unknown" : formats.bytes(Number(current().volumeBytes))}
      >
        <Difference
          now={bytes(current().volumeBytes)}
          before={bytes(previous().volumeBytes)}
          text={formats.bytes}
        />
        {before()}
      </Figure>
      <Figure word={<Term of="hotShare" />} value={formats.percent(current().hotPercentage)}>
        <Difference
          now={current().hotPercentage}
          before={previous().hotPercentage}
          text={(points) => `${formats.percent(points).replace("%", "")}points`}
        />
        {before()}
      </Figure>
    </Figures>
  );
}

/** A change of something that is no money. */
function Difference(props: { now: number | null; before: number | null; text: (size: number) => string }) {
  const difference = () =>
    props.now === null || props.before === null ? null : Math.round((props.now - props.before) * 1e6) / 1e6;
  return (
    <Show when={difference() !== null} fallback="unknown">
      <Show when={difference() !== 0} fallback="unchanged">
        <Shape of={(difference() ?? 0) > 0 ? "up" : "down"} />
        {(difference() ?? 0) > 0 ? "+" : "−"}
        {props.text(Math.abs(difference() ?? 0))}
      </Show>
    </Show>
  );
}
