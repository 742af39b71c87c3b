import {
  changeOf,
  type MonthReport,
  type PeriodComparison,
  sourceForecastWords,
} from "@dapanoskop/core/insight";
import type { Money } from "@dapanoskop/core/money";
import type { Summary } from "@dapanoskop/dataset";
import { type JSX, Show } from "solid-js";
import { ChangeText } from "../../parts/change-text.tsx";
import { SentenceText } from "../../parts/sentence-text.tsx";
import { Term } from "../../parts/term.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import { periodWords } from "../../words/period-words.ts";
import css from "./month-total.module.css";

/** The periods that the month is compared with, its forecast, and its three-month average. */
export function MonthComparisons(props: { summary: Summary; report: MonthReport }) {
  const formats = useFormats();
  const words = () => periodWords(props.summary, formats);
  const figures = () => props.report.figures;
  const comparison = (period: PeriodComparison["period"]) =>
    props.report.comparisons.find((each) => each.period === period);
  const money = (cost: Money | null | undefined) =>
    cost === null || cost === undefined ? "unknown" : formats.money(cost);

  return (
    <dl class={css.comparisons}>
      <Show when={comparison("priorPeriodToDate")}>
        {(sameDays) => (
          <Row word={<Term of="sameDays">{words().against}</Term>} value={money(sameDays().cost)}>
            <Show when={sameDays().change}>{(change) => <ChangeText change={change()} />}</Show>
          </Row>
        )}
      </Show>
      <Show when={figures().isRunning}>
        <Row
          main
          word={<Term of="forecast">Forecast for {formats.monthName(props.summary.period)}</Term>}
          value={money(figures().forecast?.total)}
        >
          <Show when={props.report.forecastChange} fallback="There is no forecast of this month.">
            {(change) => (
              <>
                <SentenceText of={sourceForecastWords(figures().source)} />, <ChangeText change={change()} />{" "}
                against {words().previousMonth}
              </>
            )}
          </Show>
        </Row>
      </Show>
      <Row word={words().previousMonth} value={money(comparison("previousMonth")?.cost)}>
        <Show when={comparison("previousMonth")?.change}>{(change) => <ChangeText change={change()} />}</Show>
      </Row>
      <Row word={words().yearBefore} value={money(comparison("yearBefore")?.cost)}>
        <Show when={comparison("yearBefore")?.change} fallback={<ForecastChange report={props.report} />}>
          {(change) => <ChangeText change={change()} />}
        </Show>
      </Row>
      <Show when={!figures().isRunning}>
        <Row word={<Term of="average" />} value={money(props.report.threeMonthAverage)} />
      </Show>
    </dl>
  );
}

/** A running month is incomplete, so its forecast is compared with the whole month a year before. */
function ForecastChange(props: { report: MonthReport }) {
  const change = () => {
    const { forecast, total } = props.report.figures;
    return forecast && total.yearBefore ? changeOf(forecast.total, total.yearBefore) : undefined;
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
