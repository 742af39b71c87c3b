import { Index, Show } from "solid-js";
import type { StackBar } from "./stack-geometry.ts";
import tone from "./tone.module.css";
import css from "./trend-chart.module.css";

export interface TrendBarProps {
  readonly bar: StackBar;
  /** The bar's figures are shown beside the chart. */
  readonly isActive: boolean;
  /** The bar is the month of the page. */
  readonly isCurrent: boolean;
  readonly href: string;
  /** The bar's figures as a sentence. */
  readonly description: string;
  /** Below the bar; `null` where labels would touch. */
  readonly label: string | null;
  readonly labelY: number;
  readonly element: (link: HTMLElement) => void;
  readonly onPoint: () => void;
  readonly onLeave: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** A month of the trend chart: a link to the month, with its figures as the link's name. */
export function TrendBar(props: TrendBarProps) {
  // Solid takes an `a` at the top of a template for HTML's. Inside a `g` it is SVG's, so the class is on the `g`.
  return (
    <g class={css.bar} data-active={props.isActive} data-running={props.bar.isRunning}>
      <a
        ref={props.element}
        href={props.href}
        tabindex={props.isActive ? 0 : -1}
        aria-current={props.isCurrent ? "date" : undefined}
        aria-label={props.description}
        onPointerEnter={() => props.onPoint()}
        onFocus={() => props.onPoint()}
        onBlur={() => props.onLeave()}
        onKeyDown={(event) => props.onKeyDown(event)}
      >
        <rect class={css.hit} data-export="no" {...props.bar.column} />
        <Show when={props.bar.forecast}>{(rect) => <rect class={css.forecast} {...rect()} />}</Show>
        <Index each={props.bar.parts}>
          {(part, series) => (
            <Show when={part()}>
              {(rect) => <rect class={tone.part} data-tone={series + 1} {...rect()} />}
            </Show>
          )}
        </Index>
      </a>
      <Show when={props.label}>
        {(label) => (
          <text class={css.label} x={props.bar.center} y={props.labelY} text-anchor="middle">
            {label()}
          </text>
        )}
      </Show>
    </g>
  );
}
