import type { Summary } from "@dapanoskop/dataset";
import { changeOf, type Message } from "@dapanoskop/dataset/report";
import { type JSX, Show } from "solid-js";
import { ChangeText } from "../../parts/change-text.tsx";
import { Term } from "../../parts/term.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import { periodWords } from "../../words/period-words.ts";
import css from "./month-total.module.css";

/** The periods that the month is compared with, its forecast, and its three-month average. */
export function MonthComparisons(props: { summary: Summary; message: Message }) {
  const formats = useFormats();
  const words = () => periodWords(props.summary, formats);
  const comparison = (kind: Message["comparisons"][number]["kind"]) =>
    props.message.comparisons.find((each) => each.kind === kind);
  type Cost = NonNullable<Message["threeMonthAverage"]>;
  const money = (cost: Cost | null | undefined) =>
    cost === null || cost === undefined ? "unknown" : formats.money(cost);

  return (
    <dl class={css.comparisons}>
      <Show when={comparison("prior_partial")}>
        {(sameDays) => (
          <Row word={<Term of="sameDays">{words().against}</Term>} value={money(sameDays().cost)}>
            <Show when={sameDays().change}>{(change) => <ChangeText change={change()} />}</Show>
          </Row>
        )}
      </Show>
      <Show when={props.message.isRunning}>
        <Row
          main
          word={<Term of="forecast">Forecast for {formats.monthName(props.summary.period)}</Term>}
          value={money(props.message.forecast?.total)}
        >
          <Show when={props.message.forecast} fallback="AWS has too little data for a forecast.">
            {(forecast) => (
              <>
                <ChangeText change={forecast().change} /> against {words().previousMonth}
              </>
            )}
          </Show>
        </Row>
      </Show>
      <Row word={words().previousMonth} value={money(comparison("prev_month")?.cost)}>
        <Show when={comparison("prev_month")?.change}>{(change) => <ChangeText change={change()} />}</Show>
      </Row>
      <Row word={words().yearBefore} value={money(comparison("yoy")?.cost)}>
        <Show
          when={comparison("yoy")?.change}
          fallback={<ForecastChange message={props.message} yearBefore={comparison("yoy")?.cost ?? null} />}
        >
          {(change) => <ChangeText change={change()} />}
        </Show>
      </Row>
      <Show when={!props.message.isRunning}>
        <Row word={<Term of="average" />} value={money(props.message.threeMonthAverage)} />
      </Show>
    </dl>
  );
}

/** A running month is incomplete, so its forecast is compared with the whole month a year before. */
function ForecastChange(props: { message: Message; yearBefore: Message["threeMonthAverage"] }) {
  const change = () => {
    const { forecast } = props.message;
    return forecast && props.yearBefore ? changeOf(forecast.total, props.yearBefore) : undefined;
  };
  return (
    <Show when={change()}>
      {(known) => (
        <>
          <ChangeText change={known()} /> by the forecast
        </>
      )}
    </Show>
  );
}

function Row(props: { word: JSX.Element; value: string; main?: boolean; children?: JSX.Element }) {
  return (
    <div class={css.comparison} data-main={props.main ?? false}>
      <dt>{props.word}</dt>
      <dd>{props.value}</dd>
      <Show when={props.children}>
        <dd>{props.children}</dd>
      </Show>
    </div>
  );
}
