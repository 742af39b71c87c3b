import type { Summary, Trend } from "@dapanoskop/dataset";
import { visible } from "@dapanoskop/dataset/report";
import { createMemo, Show } from "solid-js";
import { hrefOf, useAddress } from "../../address/address.ts";
import { AVERAGE, standaloneSvg } from "../../chart/export-svg.ts";
import { TrendChart } from "../../chart/trend-chart.tsx";
import { trendSeries, YEAR_AND_MONTH } from "../../chart/trend-series.ts";
import button from "../../parts/button.module.css";
import { download, fileName } from "../../parts/download.ts";
import { Section } from "../../parts/section.tsx";
import { Term } from "../../parts/term.tsx";
import { csvText } from "../../table/csv.ts";

/** Where is it going? All months, stacked by cost center. */
export function OverviewTrend(props: { summary: Summary | undefined; trend: Trend }) {
  const address = useAddress();
  const isAll = () => address.text("months") === "all";
  const forecast = () => {
    const known = props.summary?.totals.forecast;
    return known === undefined || known === null || props.summary === undefined
      ? null
      : { period: props.summary.period, total: known.total_usd };
  };
  const series = createMemo(() => trendSeries(props.trend, forecast(), isAll() ? null : YEAR_AND_MONTH));
  let drawing: SVGSVGElement | undefined;
  const saveDrawing = () => {
    const legend = [
      ...series().names.map((name, at) => ({
        text: name === null ? "All others" : visible(name, 60),
        shape: `[data-tone="${at + 1}"]`,
      })),
      AVERAGE,
    ];
    if (drawing !== undefined) {
      download(
        fileName("dapanoskop", "trend.svg"),
        "image/svg+xml",
        standaloneSvg(drawing, "Cost by month and cost center", legend),
      );
    }
  };
  const saveFigures = () => {
    const rows = props.trend.months.flatMap(({ period, cost_centers }) =>
      cost_centers.map(({ name, cost_usd }) => [period, name, cost_usd]),
    );
    const head = ["month", "cost center", `cost (${props.trend.currency})`];
    download(fileName("dapanoskop", "trend.csv"), "text/csv", csvText([head, ...rows]));
  };
  return (
    <Section
      title="Where is it going?"
      actions={
        <>
          <Show when={props.trend.months.length > YEAR_AND_MONTH}>
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
                All {props.trend.months.length}
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
        currency={props.trend.currency}
        period={props.summary?.period ?? null}
        monthHref={(period) => hrefOf("/", period, { months: address.text("months") ?? undefined })}
        seriesHref={(name) => hrefOf("/cost-center", props.summary?.period ?? null, { name })}
        drawing={(svg) => {
          drawing = svg;
        }}
        label="Cost by month, stacked by cost center. Arrow keys walk from month to month."
      />
    </Section>
  );
}
