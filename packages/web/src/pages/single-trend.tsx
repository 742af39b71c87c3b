import type { Month } from "@dapanoskop/core/calendar";
import { hrefOf } from "../address/address.ts";
import { type MonthCost, singleSeries } from "../chart/single-series.ts";
import { TrendSection } from "./trend-section.tsx";

/** Cost by month of one cost center or one workload. */
export function SingleTrend(props: {
  history: readonly MonthCost[];
  currency: string;
  period: Month;
  /** The path of the page that shows the same name in another month. */
  path: string;
  name: string;
}) {
  return (
    <TrendSection
      series={(count) => singleSeries(props.name, props.history, props.currency, count)}
      monthCount={props.history.length}
      currency={props.currency}
      period={props.period}
      monthHref={(period, months) => hrefOf(props.path, period, { name: props.name, months })}
      label="Cost by month. The arrow keys move from month to month."
      file={[props.name, "trend"]}
      rows={() => props.history.map(({ period, cost }) => [period, props.name, cost])}
      nameTitle="name"
      drawingTitle={`Cost by month: ${props.name}`}
    />
  );
}
