import { Index, Show } from "solid-js";
import { hasScript } from "../parts/has-script.ts";
import type { Rect, StackBar } from "./stack-geometry.ts";
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

/** A month of the trend chart: a link to the month, with its figures as the link's name. In a file it is a drawing only. */
export function TrendBar(props: TrendBarProps) {
  return hasScript ? <LinkedBar {...props} /> : <DrawnBar {...props} />;
}

function LinkedBar(props: TrendBarProps) {
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
        <BarParts bar={props.bar} />
      </a>
      <BarLabel {...props} />
    </g>
  );
}

function DrawnBar(props: TrendBarProps) {
  return (
    <g class={css.bar} data-active={props.isActive} data-running={props.bar.isRunning}>
      <BarParts bar={props.bar} />
      <BarLabel {...props} />
    </g>
  );
}

function BarParts(props: { bar: StackBar }) {
  return (
    <>
      <rect class={css.hit} data-export="no" {...drawn(props.bar.column)} />
      <Show when={props.bar.forecast}>{(rect) => <rect class={css.forecast} {...drawn(rect())} />}</Show>
      <Index each={props.bar.parts}>
        {(part, series) => (
          <Show when={part()}>
            {(rect) => <rect class={tone.part} data-tone={series + 1} {...drawn(rect())} />}
          </Show>
        )}
      </Index>
    </>
  );
}

function BarLabel(props: Pick<TrendBarProps, "bar" | "label" | "labelY">) {
  return (
    <Show when={props.label}>
      {(label) => (
        <text class={css.label} x={props.bar.center} y={props.labelY} text-anchor="middle">
          {label()}
        </text>
      )}
    </Show>
  );
}

/** A rectangle to a hundredth of a pixel: more digits only make the document longer. */
const drawn = ({ x, y, width, height }: Rect): Rect => ({
  x: hundredth(x),
  y: hundredth(y),
  width: hundredth(width),
  height: hundredth(height),
});

const hundredth = (size: number) => Math.round(size * 100) / 100;
