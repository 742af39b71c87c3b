import type { Summary } from "@dapanoskop/dataset";
import { type Message, reasonOf } from "@dapanoskop/dataset/report";
import { For, Show } from "solid-js";
import { hrefOf } from "../../address/address.ts";
import { SHAPES } from "../../parts/change-text.tsx";
import { Name } from "../../parts/name.tsx";
import { Term } from "../../parts/term.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import { periodWords } from "../../words/period-words.ts";
import { reasonWords } from "../../words/sentences.ts";
import { MonthComparisons } from "./month-comparisons.tsx";
import css from "./month-total.module.css";

/** The month's total, how it changed and why in one sentence, and what it is compared with. */
export function MonthTotal(props: { summary: Summary; message: Message }) {
  const formats = useFormats();
  const words = () => periodWords(props.summary, formats);
  return (
    <section class={css.hero} aria-labelledby="month-total">
      <div>
        <div class={css.eyebrow}>
          <h1 id="month-total">
            <span class="unseen">What did we spend? </span>
            {words().month}
          </h1>
          <Show when={words().progress}>{(progress) => <span>{progress()}, so far</span>}</Show>
          <Show when={props.summary.estimated}>
            <Term of="estimated">estimate</Term>
          </Show>
        </div>
        <p class={css.total}>{formats.money(props.message.total)}</p>
        <ChangeSentence summary={props.summary} message={props.message} against={words().against} />
      </div>
      <MonthComparisons summary={props.summary} message={props.message} />
    </section>
  );
}

/** How the total changed and which workloads changed it. The workloads are links. */
function ChangeSentence(props: { summary: Summary; message: Message; against: string }) {
  const formats = useFormats();
  const sentence = () => {
    const { change, movers } = props.message;
    return reasonWords(change, reasonOf(change, movers), props.against, formats);
  };
  return (
    <p class={css.reason}>
      <Show when={SHAPES[props.message.change.direction]}>
        {(shape) => (
          <span class={css.shape} aria-hidden="true">
            {shape()}
          </span>
        )}
      </Show>
      <For each={sentence()}>
        {(part) => {
          if (typeof part === "string") return part;
          if ("figure" in part) return <span class={css.figure}>{part.figure}</span>;
          return (
            <a href={hrefOf("/workload", props.summary.period, { name: part.name })}>
              <Name of={part.name} limit={40} />
            </a>
          );
        }}
      </For>
    </p>
  );
}
