import type { Summary } from "@dapanoskop/dataset";
import { changeOf, type Message, reasonOf } from "@dapanoskop/dataset/report";
import { For, type JSX, Show } from "solid-js";
import { hrefOf } from "../../address/address.ts";
import { ChangeText, SHAPES } from "../../parts/change-text.tsx";
import { Name } from "../../parts/name.tsx";
import { Term } from "../../parts/term.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import { periodWords } from "../../words/period-words.ts";
import { reasonWords } from "../../words/sentences.ts";
import css from "./month-total.module.css";

/** What did we spend? The total, how it changed, why in one sentence, and where a running month will end. */
export function MonthTotal(props: { summary: Summary; message: Message }) {
  const formats = useFormats();
  const words = () => periodWords(props.summary, formats);
  const reason = () => {
    const { change, movers } = props.message;
    return reasonWords(change, reasonOf(change, movers), words().against, formats);
  };
  const whole = (kind: "prev_month" | "yoy") => props.message.comparisons.find((each) => each.kind === kind);
  const sameDays = () => props.message.comparisons.find(({ kind }) => kind === "prior_partial");
  const cost = (kind: "prev_month" | "yoy") => {
    const known = whole(kind)?.cost ?? null;
    return known === null ? "unknown" : formats.money(known);
  };

  return (
    <section class={css.hero} aria-labelledby="spent">
      <div>
        <div class={css.eyebrow}>
          <h1 id="spent">
            <span class="unseen">What did we spend? </span>
            {words().month}
          </h1>
          <Show when={words().progress}>{(progress) => <span>{progress()}, so far</span>}</Show>
          <Show when={props.summary.estimated}>
            <Term of="estimated">estimate</Term>
          </Show>
        </div>
        <p class={css.total}>{formats.money(props.message.total)}</p>
        <p class={css.reason}>
          <Show when={SHAPES[props.message.change.direction]}>
            {(shape) => (
              <span class={css.shape} aria-hidden="true">
                {shape()}
              </span>
            )}
          </Show>
          <For each={reason()}>
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
      </div>
      <dl class={css.sides}>
        <Show when={sameDays()}>
          {(same) => (
            <Side
              word={<Term of="sameDays">{words().against}</Term>}
              value={moneyOr(same().cost, formats.money)}
            >
              <Show when={same().change}>{(change) => <ChangeText change={change()} />}</Show>
            </Side>
          )}
        </Show>
        <Show when={props.message.isRunning}>
          <Side
            main
            word={<Term of="forecast">Where {formats.monthName(props.summary.period)} will end</Term>}
            value={moneyOr(props.message.forecast?.total ?? null, formats.money)}
          >
            <Show when={props.message.forecast} fallback="AWS has too little data for a forecast.">
              {(forecast) => (
                <>
                  <ChangeText change={forecast().change} /> against {words().previousMonth}
                </>
              )}
            </Show>
          </Side>
        </Show>
        <Side word={words().previousMonth} value={cost("prev_month")}>
          <Show when={whole("prev_month")?.change}>{(change) => <ChangeText change={change()} />}</Show>
        </Side>
        <Side word={words().yearBefore} value={cost("yoy")}>
          <Show when={whole("yoy")?.change} fallback={<YearBefore message={props.message} />}>
            {(change) => <ChangeText change={change()} />}
          </Show>
        </Side>
        <Show when={!props.message.isRunning}>
          <Side
            word={<Term of="average" />}
            value={moneyOr(props.message.threeMonthAverage, formats.money)}
          />
        </Show>
      </dl>
    </section>
  );
}

/** A running month is held against a whole year-old one by its forecast only. */
function YearBefore(props: { message: Message }) {
  const yearBefore = () => props.message.comparisons.find(({ kind }) => kind === "yoy")?.cost ?? null;
  return (
    <Show when={props.message.forecast}>
      {(forecast) => (
        <Show when={yearBefore()}>
          {(cost) => (
            <>
              <ChangeText change={changeOf(forecast().total, cost())} /> by the forecast
            </>
          )}
        </Show>
      )}
    </Show>
  );
}

function Side(props: { word: JSX.Element; value: string; main?: boolean; children?: JSX.Element }) {
  return (
    <div class={css.side} data-main={props.main ?? false}>
      <dt>{props.word}</dt>
      <dd>{props.value}</dd>
      <Show when={props.children}>
        <dd>{props.children}</dd>
      </Show>
    </div>
  );
}

const moneyOr = <Amount,>(amount: Amount | null, text: (amount: Amount) => string) =>
  amount === null ? "unknown" : text(amount);
