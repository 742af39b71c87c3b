import type { Summary, Trend } from "@dapanoskop/dataset";
import { createMemo } from "solid-js";
import { useAddress } from "../address/address.ts";
import { chartAmount, displayedMonth } from "../chart/chart-amount.ts";
import type { StackMonth } from "../chart/stack-geometry.ts";
import { TrendChart } from "../chart/trend-chart.tsx";
import { costCenterSeries, OTHERS, type TrendSeries, YEAR_AND_MONTH } from "../chart/trend-series.ts";
import { Name } from "../parts/name.tsx";
import { Section } from "../parts/section.tsx";
import { Term } from "../parts/term.tsx";
import type { Column } from "../table/columns.ts";
import { DataTable } from "../table/data-table.tsx";
import { addressState } from "../table/table-state.ts";
import type { Formats } from "../words/formats.ts";
import { useFormats } from "../words/formats-context.tsx";
import css from "./month-file.module.css";

/** Cost by month, stacked by cost center: the chart of the page, and its figures as a table. */
export function MonthTrend(props: { summary: Summary; trend: Trend }) {
  const formats = useFormats();
  const series = createMemo(() => {
    const { totals, period } = props.summary;
    const forecast = totals.forecast ? { period, total: totals.forecast.total_usd } : null;
    return costCenterSeries(props.trend, forecast, YEAR_AND_MONTH);
  });
  return (
    <Section title="Cost by month">
      <div class={css.chart}>
        <TrendChart
          series={series()}
          currency={props.trend.currency}
          period={props.summary.period}
          monthHref={() => ""}
          label="Cost by month, stacked by cost center. The table below has its figures."
        />
      </div>
      <DataTable
        caption="Cost by month and cost center"
        columns={trendColumns(series(), props.trend.currency, formats)}
        rows={series().months}
        name={({ period }) => period}
        state={addressState(useAddress())}
      />
    </Section>
  );
}

function trendColumns(
  { names, months }: TrendSeries,
  currency: string,
  formats: Formats,
): readonly Column<StackMonth>[] {
  const cents = (count: bigint) => formats.units(count, currency);
  const amount = (value: number | null) => (value === null ? "–" : chartAmount(value, currency, formats));
  return [
    {
      key: "month",
      title: "Month",
      cell: ({ period, isRunning }) => `${formats.monthAndYear(period)}${isRunning ? ", so far" : ""}`,
    },
    ...names.map(
      (name, at): Column<StackMonth> => ({
        key: `series-${at}`,
        title: name === null ? OTHERS : <Name of={name} limit={40} />,
        align: "end",
        cell: (month) => cents(displayedMonth(month, currency).parts[at] ?? 0n),
      }),
    ),
    {
      key: "total",
      title: "Total",
      align: "end",
      cell: (month) => cents(displayedMonth(month, currency).total),
    },
    {
      key: "average",
      title: <Term of="average" />,
      align: "end",
      cell: ({ average }) => amount(average),
    },
    ...(months.every(({ forecast }) => forecast === null)
      ? []
      : [
          {
            key: "forecast",
            title: <Term of="forecast">Forecast</Term>,
            align: "end",
            cell: ({ forecast }) => amount(forecast),
          } satisfies Column<StackMonth>,
        ]),
  ];
}
