import type { Month } from "@dapanoskop/core/calendar";
import { moneyNumber } from "@dapanoskop/core/money";
import { threeMonthAverages } from "@dapanoskop/dataset/report";
import { createMemo, Show } from "solid-js";
import { hrefOf, useAddress } from "../address/address.ts";
import { AVERAGE, standaloneSvg } from "../chart/export-svg.ts";
import { TrendChart } from "../chart/trend-chart.tsx";
import { type TrendSeries, YEAR_AND_MONTH } from "../chart/trend-series.ts";
import button from "../parts/button.module.css";
import { download, fileName } from "../parts/download.ts";
import { Section } from "../parts/section.tsx";
import { Term } from "../parts/term.tsx";
import { csvText } from "../table/csv.ts";

/** A month of one thing: `null` where it had no cost, or is not known yet. */
export interface MonthCost {
  readonly period: Month;
  readonly isRunning: boolean;
  readonly cost: number | null;
}

/** The trend of one cost center or one workload. */
export function TrendSection(props: {
  history: readonly MonthCost[];
  currency: string;
  period: Month;
  path: string;
  name: string;
}) {
  const address = useAddress();
  const isAll = () => address.text("months") === "all";
  const series = createMemo<TrendSeries>(() => {
    const known = props.history.filter(({ cost }) => cost !== null);
    const averages = threeMonthAverages({
      schema: 1,
      currency: props.currency,
      months: known.map(({ period, isRunning, cost }) => ({
        period,
        is_mtd: isRunning,
        total_cost_usd: cost ?? 0,
        cost_centers: [],
      })),
    });
    const shown = isAll() ? props.history : props.history.slice(-YEAR_AND_MONTH);
    return {
      names: [props.name],
      months: shown.map(({ period, isRunning, cost }) => {
        const average = averages.get(period) ?? null;
        return {
          period,
          isRunning,
          parts: [cost ?? 0],
          average: average === null ? null : moneyNumber(average),
          forecast: null,
        };
      }),
    };
  });
  let drawing: SVGSVGElement | undefined;
  const file = (ending: string) => fileName("dapanoskop", props.name, `trend.${ending}`);
  const saveDrawing = () => {
    if (drawing !== undefined)
      download(
        file("svg"),
        "image/svg+xml",
        standaloneSvg(drawing, `Cost by month: ${props.name}`, [AVERAGE]),
      );
  };
  const saveFigures = () => {
    const rows = props.history.map(({ period, cost }) => [period, props.name, cost]);
    download(file("csv"), "text/csv", csvText([["month", "name", `cost (${props.currency})`], ...rows]));
  };
  return (
    <Section
      title="Where is it going?"
      actions={
        <>
          <Show when={props.history.length > YEAR_AND_MONTH}>
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
                All {props.history.length}
              </button>
            </fieldset>
          </Show>
          <Term of="average" />
          <button type="button" class={button.quiet} onClick={saveFigures}>
            CSV
          </button>
          <button type="button" class={button.quiet} onClick={saveDrawing}>
            SVG
          </button>
        </>
      }
    >
      <TrendChart
        series={series()}
        currency={props.currency}
        period={props.period}
        monthHref={(period) =>
          hrefOf(props.path, period, { name: props.name, months: address.text("months") ?? undefined })
        }
        drawing={(svg) => {
          drawing = svg;
        }}
        label="Cost by month. Arrow keys walk from month to month."
      />
    </Section>
  );
}
