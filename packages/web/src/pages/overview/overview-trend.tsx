import { visible } from "@dapanoskop/core/text";
import type { Summary, Trend } from "@dapanoskop/dataset";
import { hrefOf } from "../../address/address.ts";
import type { LegendLine } from "../../chart/export-svg.ts";
import { costCenterSeries, OTHERS, type TrendSeries } from "../../chart/trend-series.ts";
import { TrendSection } from "../trend-section.tsx";

/** Cost by month, stacked by cost center. */
export function OverviewTrend(props: { summary: Summary; trend: Trend }) {
  const forecast = () => {
    const { totals, period } = props.summary;
    return totals.forecast ? { period, total: totals.forecast.total_usd } : null;
  };
  const rows = () =>
    props.trend.months.flatMap(({ period, cost_centers }) =>
      cost_centers.map(({ name, cost_usd }) => [period, name, cost_usd]),
    );
  return (
    <TrendSection
      series={(count) => costCenterSeries(props.trend, forecast(), count)}
      monthCount={props.trend.months.length}
      currency={props.trend.currency}
      period={props.summary.period}
      monthHref={(period, months) => hrefOf("/", period, { months })}
      seriesHref={(name) => hrefOf("/cost-center", props.summary.period, { name })}
      label="Cost by month, stacked by cost center. The arrow keys move from month to month."
      file={["trend"]}
      rows={rows}
      nameTitle="cost center"
      drawingTitle="Cost by month and cost center"
      legend={legend}
    />
  );
}

const legend = ({ names }: TrendSeries): readonly LegendLine[] =>
  names.map((name, at) => ({
    text: name === null ? OTHERS : visible(name, 60),
    shape: `[data-tone="${at + 1}"]`,
  }));
