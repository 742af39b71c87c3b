import type { MonthFigures } from "@dapanoskop/core/insight";
import { For } from "solid-js";
import { ShareBar } from "../../chart/share-bar.tsx";
import { ToneKey } from "../../chart/tone-key.tsx";
import { Term } from "../../parts/term.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import { coverageShares } from "./coverage-shares.ts";
import css from "./data-quality.module.css";

/** How much of the cost carries a tag: a percentage, a bar, and the three amounts. */
export function TaggingCoverage(props: {
  coverage: MonthFigures["coverage"];
  drawing: (svg: SVGSVGElement) => void;
}) {
  const formats = useFormats();
  const shares = () => coverageShares(props.coverage);
  return (
    <div>
      <p class={css.coverage}>
        <span class={css.share}>{formats.percent(props.coverage.percentage)}</span> <Term of="coverage" />
      </p>
      <ShareBar shares={shares()} drawing={props.drawing} />
      <ul class={css.legend}>
        <For each={shares()}>
          {({ tone, label, cost, displayed }) => (
            <li>
              <ToneKey tone={tone} />
              <span>{label}</span>
              <span>{formats.units(displayed, cost.currency)}</span>
            </li>
          )}
        </For>
      </ul>
    </div>
  );
}
