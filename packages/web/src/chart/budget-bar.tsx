import { For, Show } from "solid-js";
import css from "./budget-bar.module.css";
import { type BudgetShares, budgetGeometry } from "./budget-geometry.ts";

/** What was used of a budget, against its limit and thresholds. The text beside it says the same. */
export function BudgetBar(props: { of: BudgetShares; isOver: boolean }) {
  const shape = () => budgetGeometry(props.of);
  const line = (at: number, kind: "limit" | "threshold") => (
    <line
      x1={`${at}%`}
      x2={`${at}%`}
      y1={kind === "limit" ? 0 : 4}
      y2={kind === "limit" ? 16 : 12}
      data-kind={kind}
    />
  );
  return (
    <svg class={css.bar} width="100%" height="16" aria-hidden="true">
      <rect class={css.track} x="0" y="4" width="100%" height="8" />
      <Show when={shape().forecast}>
        {(range) => (
          <rect
            x={`${range().from}%`}
            y="6"
            width={`${range().to - range().from}%`}
            height="4"
            data-kind="forecast"
          />
        )}
      </Show>
      <rect x="0" y="4" width={`${shape().used}%`} height="8" data-kind="used" data-over={props.isOver} />
      <For each={shape().thresholds}>{(at) => line(at, "threshold")}</For>
      {line(shape().limit, "limit")}
    </svg>
  );
}
