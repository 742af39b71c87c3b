import type { Month } from "@dapanoskop/core/calendar";
import { visible } from "@dapanoskop/dataset/report";
import { createMemo, createSignal, For, Index, type JSX, Show } from "solid-js";
import { Name } from "../parts/name.tsx";
import { useFormats } from "../words/formats-context.tsx";
import { createElementWidth } from "./element-width.ts";
import { type StackMonth, stackGeometry } from "./stack-geometry.ts";
import css from "./trend-chart.module.css";
import type { TrendSeries } from "./trend-series.ts";

export interface TrendChartProps {
  readonly series: TrendSeries;
  readonly currency: string;
  readonly period: Month | null;
  /** Where a month is opened. */
  readonly monthHref: (period: Month) => string;
  /** Where a series is opened; absent where it stands for the page itself. */
  readonly seriesHref?: (name: string) => string;
  /** Hands out the drawing, to be saved. */
  readonly drawing?: (svg: SVGSVGElement) => void;
  readonly label: string;
}

const HEIGHT = 288;
const OTHERS = "All others";

/**
 * Months as stacked bars. The figures of the bar that is pointed at, tapped, or reached by arrow keys stand beside it;
 * else those of the page's month.
 */
export function TrendChart(props: TrendChartProps) {
  const formats = useFormats();
  const [width, measure] = createElementWidth(860);
  const [pointed, setPointed] = createSignal<Month | null>(null);
  const geometry = createMemo(() => stackGeometry(props.series.months, { width: width(), height: HEIGHT }));
  const active = createMemo(() => {
    const { months } = props.series;
    const find = (period: Month | null) => months.find((month) => month.period === period);
    return find(pointed()) ?? find(props.period) ?? months.at(-1);
  });
  const bars: HTMLElement[] = [];

  function walk(event: KeyboardEvent, at: number) {
    const last = props.series.months.length - 1;
    const target = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    bars[Math.min(last, Math.max(0, target))]?.focus();
  }

  const total = (month: StackMonth) => month.parts.reduce((all, part) => all + part, 0);
  const amount = (value: number) => formats.units(BigInt(Math.round(value * 100)), props.currency);
  const monthWords = (month: StackMonth) =>
    `${formats.month(month.period)}${month.isRunning ? ", so far" : ""}: ${amount(total(month))}. ${props.series.names
      .map((name, at) => `${name === null ? OTHERS : visible(name, 40)} ${amount(month.parts[at] ?? 0)}`)
      .join(", ")}${month.average === null ? "" : `. Three-month average ${amount(month.average)}`}`;

  return (
    <div class={css.layout} onPointerLeave={() => setPointed(null)}>
      <div class={css.drawing} ref={measure}>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be drawn in; this is a labelled group of links */}
        <svg ref={props.drawing} role="group" aria-label={props.label} viewBox={`0 0 ${width()} ${HEIGHT}`}>
          <defs>
            <pattern
              id="expected"
              width="6"
              height="6"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <line class={css.hatch} x1="0" y1="0" x2="0" y2="6" />
            </pattern>
          </defs>
          <For each={geometry().ticks}>
            {({ value, y }) => (
              <g>
                <line
                  class={value === 0 ? css.ground : css.grid}
                  x1={geometry().plot.x}
                  x2={geometry().plot.x + geometry().plot.width}
                  y1={y}
                  y2={y}
                />
                <text class={css.label} x={geometry().plot.x - 8} y={y + 4} text-anchor="end">
                  {formats.shortMoney(value, props.currency)}
                </text>
              </g>
            )}
          </For>
          <Index each={geometry().bars}>
            {(bar, at) => {
              const month = () => props.series.months[at];
              const isActive = () => active()?.period === bar().period;
              // Alone, an `a` would be taken for HTML's: in a `g` it is SVG's. Its class stands on the `g`, too.
              return (
                <g class={css.bar} data-active={isActive()} data-running={bar().isRunning}>
                  <a
                    ref={(element) => {
                      bars[at] = element;
                    }}
                    href={props.monthHref(bar().period)}
                    tabindex={isActive() ? 0 : -1}
                    aria-current={props.period === bar().period ? "date" : undefined}
                    aria-label={monthWords(month() as StackMonth)}
                    onPointerEnter={() => setPointed(bar().period)}
                    onFocus={() => setPointed(bar().period)}
                    onBlur={() => setPointed(null)}
                    onKeyDown={(event) => walk(event, at)}
                  >
                    <rect class={css.hit} data-export="no" {...bar().column} />
                    <Show when={bar().forecast}>{(rect) => <rect class={css.forecast} {...rect()} />}</Show>
                    <Index each={bar().parts}>
                      {(part, series) => (
                        <Show when={part()}>
                          {(rect) => <rect class={css.part} data-tone={series + 1} {...rect()} />}
                        </Show>
                      )}
                    </Index>
                  </a>
                  <Show
                    when={at % geometry().labelEvery === (geometry().bars.length - 1) % geometry().labelEvery}
                  >
                    <text class={css.label} x={bar().center} y={HEIGHT - 8} text-anchor="middle">
                      {bar().period.endsWith("-01") || geometry().labelEvery > 2
                        ? formats.monthAndYear(bar().period)
                        : formats.shortMonth(bar().period)}
                    </text>
                  </Show>
                </g>
              );
            }}
          </Index>
          <path class={css.average} d={geometry().average} />
        </svg>
      </div>
      <Show when={active()}>
        {(month) => (
          <Readout
            month={month()}
            series={props.series}
            amount={amount}
            title={
              <a class={css.month} href={props.monthHref(month().period)}>
                {formats.month(month().period)}
              </a>
            }
            total={amount(total(month()))}
            seriesHref={props.seriesHref}
          />
        )}
      </Show>
    </div>
  );
}

/** The figures of one bar, in words: what the tones stand for, and how much. */
function Readout(props: {
  month: StackMonth;
  series: TrendSeries;
  title: JSX.Element;
  total: string;
  amount: (value: number) => string;
  seriesHref: ((name: string) => string) | undefined;
}) {
  const rows = () =>
    props.series.names.map((name, at) => ({ name, at, value: props.month.parts[at] ?? 0 })).reverse(); // as they stand in the bar, from the top
  return (
    <div class={css.readout}>
      <h3>{props.title}</h3>
      <p class={css.sum}>
        {props.total}
        <Show when={props.month.isRunning}> so far</Show>
      </p>
      <ul class={css.list}>
        <Show when={props.series.names.length > 1}>
          <For each={rows()}>
            {({ name, at, value }) => (
              <li>
                <svg class={css.key} viewBox="0 0 12 12" aria-hidden="true">
                  <rect class={css.part} data-tone={at + 1} width="12" height="12" rx="2" />
                </svg>
                <Show when={name} fallback={<span>{OTHERS}</span>}>
                  {(known) => (
                    <Show when={props.seriesHref} fallback={<Name of={known()} />}>
                      {(href) => (
                        <a class={css.link} href={href()(known())}>
                          <Name of={known()} />
                        </a>
                      )}
                    </Show>
                  )}
                </Show>
                <span>{props.amount(value)}</span>
              </li>
            )}
          </For>
        </Show>
        <Show when={props.month.average}>
          {(average) => (
            <li>
              <svg class={css.key} viewBox="0 0 12 12" aria-hidden="true">
                <path class={css.average} d="M0 6H12" />
              </svg>
              <span>Three-month average</span>
              <span>{props.amount(average())}</span>
            </li>
          )}
        </Show>
        <Show when={props.month.forecast}>
          {(forecast) => (
            <li>
              <svg class={css.key} viewBox="0 0 12 12" aria-hidden="true">
                <rect class={css.forecast} width="11" height="11" x="0.5" y="0.5" />
              </svg>
              <span>Expected at its end</span>
              <span>{props.amount(forecast())}</span>
            </li>
          )}
        </Show>
      </ul>
    </div>
  );
}
