import type { Month } from "@dapanoskop/core/calendar";
import { createMemo, createSignal, Index, Show } from "solid-js";
import { hasScript } from "../parts/has-script.ts";
import { useFormats } from "../words/formats-context.tsx";
import { createElementWidth } from "./element-width.ts";
import { ForecastPattern } from "./forecast-pattern.tsx";
import { monthDescription } from "./month-description.ts";
import { type StackBar, stackGeometry } from "./stack-geometry.ts";
import { TrendAxis } from "./trend-axis.tsx";
import { TrendBar } from "./trend-bar.tsx";
import css from "./trend-chart.module.css";
import { TrendMonthFigures } from "./trend-month-figures.tsx";
import type { TrendSeries } from "./trend-series.ts";

export interface TrendChartProps {
  readonly series: TrendSeries;
  readonly currency: string;
  /** The month of the page. */
  readonly period: Month | null;
  readonly monthHref: (period: Month) => string;
  /** Absent where the only series is the page's own subject. */
  readonly seriesHref?: (name: string) => string;
  /** Receives the drawing, to save it. */
  readonly drawing?: (svg: SVGSVGElement) => void;
  readonly label: string;
}

const HEIGHT = 288;

/**
 * Months as stacked bars. Beside them are the figures of the active bar: the one that the pointer or the keyboard is
 * on, otherwise the month of the page.
 */
export function TrendChart(props: TrendChartProps) {
  const formats = useFormats();
  const [width, measure] = createElementWidth(860);
  const [pointed, setPointed] = createSignal<Month | null>(null);
  const months = () => props.series.months;
  const geometry = createMemo(() => stackGeometry(months(), { width: width(), height: HEIGHT }));
  const active = createMemo(() => {
    const find = (period: Month | null) => months().find((month) => month.period === period);
    return find(pointed()) ?? find(props.period) ?? months().at(-1);
  });
  const links: HTMLElement[] = [];

  function moveFocus(event: KeyboardEvent, at: number) {
    const last = months().length - 1;
    const target = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    links[Math.min(last, Math.max(0, target))]?.focus();
  }

  const labelOf = ({ period }: StackBar, at: number): string | null => {
    const { bars, labelEvery } = geometry();
    if (at % labelEvery !== (bars.length - 1) % labelEvery) return null;
    return period.endsWith("-01") || labelEvery > 2
      ? formats.monthAndYear(period)
      : formats.shortMonth(period);
  };
  const descriptionAt = (at: number): string => {
    const month = months()[at];
    return month === undefined ? "" : monthDescription(month, props.series.names, props.currency, formats);
  };

  return (
    <div class={css.layout} onPointerLeave={() => setPointed(null)}>
      <div class={css.drawing} ref={measure}>
        {/* A labelled group of links; in a file one image. */}
        <svg
          ref={props.drawing}
          role={hasScript ? "group" : "img"}
          aria-label={props.label}
          viewBox={`0 0 ${width()} ${HEIGHT}`}
        >
          <ForecastPattern />
          <TrendAxis geometry={geometry()} currency={props.currency} />
          <Index each={geometry().bars}>
            {(bar, at) => (
              <TrendBar
                bar={bar()}
                isActive={active()?.period === bar().period}
                isCurrent={props.period === bar().period}
                href={props.monthHref(bar().period)}
                description={descriptionAt(at)}
                label={labelOf(bar(), at)}
                labelY={HEIGHT - 8}
                element={(link) => {
                  links[at] = link;
                }}
                onPoint={() => setPointed(bar().period)}
                onLeave={() => setPointed(null)}
                onKeyDown={(event) => moveFocus(event, at)}
              />
            )}
          </Index>
          <path class={css.average} d={geometry().average} />
        </svg>
      </div>
      <Show when={active()}>
        {(month) => (
          <TrendMonthFigures
            month={month()}
            series={props.series}
            currency={props.currency}
            href={props.monthHref(month().period)}
            seriesHref={props.seriesHref}
          />
        )}
      </Show>
    </div>
  );
}
