import { createMemo, For, Show } from "solid-js";
import { Name } from "../parts/name.tsx";
import { PageLink } from "../parts/page-link.tsx";
import { useFormats } from "../words/formats-context.tsx";
import { chartAmount, displayedMonth } from "./chart-amount.ts";
import type { StackMonth } from "./stack-geometry.ts";
import tone from "./tone.module.css";
import { ToneKey } from "./tone-key.tsx";
import css from "./trend-chart.module.css";
import { OTHERS, type TrendSeries } from "./trend-series.ts";

/** The figures of one month of a trend, and which tone stands for which series. */
export function TrendMonthFigures(props: {
  month: StackMonth;
  series: TrendSeries;
  currency: string;
  href: string;
  seriesHref: ((name: string) => string) | undefined;
}) {
  const formats = useFormats();
  const amount = (value: number) => chartAmount(value, props.currency, formats);
  const cents = (count: bigint) => formats.units(count, props.currency);
  const displayed = createMemo(() => displayedMonth(props.month, props.currency));
  // In the order of the bar, from the top.
  const rows = () =>
    props.series.names.map((name, at) => ({ name, at, cost: displayed().parts[at] ?? 0n })).reverse();
  return (
    <div class={css.figures}>
      <h3>
        <PageLink class={css.month} href={props.href}>
          {formats.month(props.month.period)}
        </PageLink>
      </h3>
      <p class={css.sum}>
        {cents(displayed().total)}
        <Show when={props.month.isRunning}> so far</Show>
      </p>
      <ul class={css.list}>
        <Show when={props.series.names.length > 1}>
          <For each={rows()}>
            {({ name, at, cost }) => (
              <li>
                <ToneKey tone={at + 1} />
                <SeriesName name={name} href={props.seriesHref} />
                <span>{cents(cost)}</span>
              </li>
            )}
          </For>
        </Show>
        <Show when={asValue(props.month.average)}>
          {(average) => (
            <li>
              <svg class={tone.key} viewBox="0 0 12 12" aria-hidden="true">
                <path class={css.average} d="M0 6H12" />
              </svg>
              <span>Three-month average</span>
              <span>{amount(average().value)}</span>
            </li>
          )}
        </Show>
        <Show when={asValue(props.month.forecast)}>
          {(forecast) => (
            <li>
              <svg class={tone.key} viewBox="0 0 12 12" aria-hidden="true">
                <rect class={css.forecast} width="11" height="11" x="0.5" y="0.5" />
              </svg>
              <span>Forecast</span>
              <span>{amount(forecast().value)}</span>
            </li>
          )}
        </Show>
      </ul>
    </div>
  );
}

/** A series' name, as a link where it has a page of its own. */
function SeriesName(props: { name: string | null; href: ((name: string) => string) | undefined }) {
  return (
    <Show when={props.name} fallback={<span>{OTHERS}</span>}>
      {(name) => (
        <Show when={props.href} fallback={<Name of={name()} />}>
          {(href) => (
            <PageLink class={css.link} href={href()(name())}>
              <Name of={name()} />
            </PageLink>
          )}
        </Show>
      )}
    </Show>
  );
}

/** For `Show`, which would take an amount of 0 for absent. */
const asValue = (value: number | null) => (value === null ? undefined : { value });
