import type { Summary } from "@dapanoskop/dataset";
import type { Message } from "@dapanoskop/dataset/report";
import { changeOf } from "@dapanoskop/dataset/report";
import { Show } from "solid-js";
import { ChangeText, Shape } from "../../parts/change-text.tsx";
import { ComparedWith, Figure, Figures } from "../../parts/figures.tsx";
import { Term } from "../../parts/term.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import { periodWords } from "../../words/period-words.ts";

/** Storage in four figures, each with its change. */
export function StorageFigures(props: { summary: Summary; storage: Message["storage"] }) {
  const formats = useFormats();
  const words = () => periodWords(props.summary, formats);
  const before = () => <ComparedWith>{words().previousMonth}</ComparedWith>;
  const money = (amount: Message["storage"]["cost"]) => (amount === null ? "unknown" : formats.money(amount));
  return (
    <Figures>
      <Figure word={<Term of="storageCost" />} value={money(props.storage.cost)}>
        <ChangeText change={props.storage.change} /> <ComparedWith>{words().against}</ComparedWith>
      </Figure>
      <Figure word={<Term of="costPerTb" />} value={money(props.storage.costPerTb)}>
        <ChangeText change={changeOf(props.storage.costPerTb, props.storage.previousCostPerTb)} />
        {before()}
      </Figure>
      <Figure
        word={<Term of="volume" />}
        value={props.storage.volumeBytes === null ? "unknown" : formats.bytes(props.storage.volumeBytes)}
      >
        <Difference
          now={props.storage.volumeBytes}
          before={props.storage.previousVolumeBytes}
          text={formats.bytes}
        />
        {before()}
      </Figure>
      <Figure word={<Term of="hotShare" />} value={formats.percent(props.storage.hotPercentage)}>
        <Difference
          now={props.storage.hotPercentage}
          before={props.storage.previousHotPercentage}
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
