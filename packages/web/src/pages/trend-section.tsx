import type { Month } from "@dapanoskop/core/calendar";
import { createMemo, Show } from "solid-js";
import { useAddress } from "../address/address.ts";
import { AVERAGE, type LegendLine } from "../chart/export-svg.ts";
import { TrendChart } from "../chart/trend-chart.tsx";
import { type TrendSeries, YEAR_AND_MONTH } from "../chart/trend-series.ts";
import button from "../parts/button.module.css";
import { SaveCsv, SaveSvg } from "../parts/save-buttons.tsx";
import { Section } from "../parts/section.tsx";
import { Term } from "../parts/term.tsx";
import type { CsvCell } from "../table/csv.ts";
import { csvText } from "../table/csv.ts";

/** The section with cost by month: a chart of the last 13 months or of all, and its CSV and SVG files. */
export function TrendSection(props: {
  /** @param count how many months to show; `null` for all */
  series: (count: number | null) => TrendSeries;
  /** Published months, shown or not. */
  monthCount: number;
  currency: string;
  period: Month | null;
  monthHref: (period: Month, months: string | undefined) => string;
  seriesHref?: (name: string) => string;
  label: string;
  /** The words of the files' names. */
  file: readonly string[];
  /** The figures of all months: month, name, cost. */
  rows: () => readonly (readonly CsvCell[])[];
  nameTitle: string;
  drawingTitle: string;
  /** What the tones stand for in the saved drawing. */
  legend?: (series: TrendSeries) => readonly LegendLine[];
}) {
  const address = useAddress();
  const months = () => address.text("months") ?? undefined;
  const series = createMemo(() => props.series(months() === "all" ? null : YEAR_AND_MONTH));
  let drawing: SVGSVGElement | undefined;
  const csv = () => csvText([["month", props.nameTitle, `cost (${props.currency})`], ...props.rows()]);
  return (
    <Section
      title="Cost by month"
      actions={
        <>
          <Show when={props.monthCount > YEAR_AND_MONTH}>
            <MonthCountChoice count={props.monthCount} />
          </Show>
          <Term of="average" />
          <SaveCsv file={props.file} csv={csv} />
          <SaveSvg
            file={props.file}
            title={props.drawingTitle}
            drawing={() => drawing}
            legend={() => [...(props.legend?.(series()) ?? []), AVERAGE]}
          />
        </>
      }
    >
      <TrendChart
        series={series()}
        currency={props.currency}
        period={props.period}
        monthHref={(period) => props.monthHref(period, months())}
        {...(props.seriesHref === undefined ? {} : { seriesHref: props.seriesHref })}
        drawing={(svg) => {
          drawing = svg;
        }}
        label={props.label}
      />
    </Section>
  );
}

/** Chooses between the last 13 months and all. The choice is kept in the address. */
function MonthCountChoice(props: { count: number }) {
  const address = useAddress();
  const isAll = () => address.text("months") === "all";
  return (
    <fieldset class={button.choices} aria-label="Months shown">
      <button
        type="button"
        class={button.choice}
        aria-pressed={!isAll()}
        onClick={() => address.update({ months: "" })}
      >
        {YEAR_AND_MONTH} months
      </button>
      <button
        type="button"
        class={button.choice}
        aria-pressed={isAll()}
        onClick={() => address.update({ months: "all" })}
      >
        All {props.count}
      </button>
    </fieldset>
  );
}
