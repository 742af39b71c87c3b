import type { ChangeStep } from "@dapanoskop/core/insight";
import { moneyNumber } from "@dapanoskop/core/money";
import { createMemo, For, Show } from "solid-js";
import { createElementWidth } from "../../chart/element-width.ts";
import { waterfallGeometry } from "../../chart/waterfall-geometry.ts";
import { Term } from "../../parts/term.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import type { PeriodWords } from "../../words/period-words.ts";
import type { TermName } from "../../words/terms.ts";
import css from "./change-section.module.css";
import { stepAmount, stepName } from "./step-text.ts";

const HEIGHT = 160;

/** The steps of a change as a waterfall, and below it their names and amounts. */
export function ChangeWaterfall(props: {
  steps: readonly ChangeStep[];
  words: PeriodWords;
  currency: string;
  drawing: (svg: SVGSVGElement) => void;
}) {
  const formats = useFormats();
  const [width, measure] = createElementWidth(860);
  const bars = createMemo(() =>
    waterfallGeometry(
      props.steps.map(({ kind, exact }) => ({ kind, amount: moneyNumber(exact) })),
      { width: width(), height: HEIGHT },
    ),
  );
  return (
    <div class={css.steps} ref={measure}>
      <svg
        ref={props.drawing}
        class={css.drawing}
        height={HEIGHT}
        viewBox={`0 0 ${width()} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <For each={bars()}>
          {({ bar, level, isCut }, at) => (
            <>
              <Show when={bars()[at() + 1]}>
                {(next) => (
                  <line
                    class={css.link}
                    x1={bar.x}
                    x2={next().bar.x + next().bar.width}
                    y1={level}
                    y2={level}
                  />
                )}
              </Show>
              <rect class={css.bar} data-kind={props.steps[at()]?.kind} {...bar} />
              <Show when={isCut}>
                <path
                  class={css.cut}
                  d={`M${bar.x - 4} ${HEIGHT - 16}l${bar.width / 2 + 4} -6l${bar.width / 2 + 4} 6`}
                />
              </Show>
            </>
          )}
        </For>
      </svg>
      <Show when={bars().some(({ isCut }) => isCut)}>
        <p class={css.remark}>
          The two totals are cut at the mark, so that the steps between them are visible.
        </p>
      </Show>
      <dl class={css.parts}>
        <For each={props.steps}>
          {(step) => (
            <div class={css.part} data-kind={step.kind}>
              <dt>
                <StepName step={step} words={props.words} />
              </dt>
              <dd>{stepAmount(step, props.currency, formats)}</dd>
            </div>
          )}
        </For>
      </dl>
    </div>
  );
}

/** A reason explains itself as a term; a period does not need to. */
function StepName(props: { step: ChangeStep; words: PeriodWords }) {
  const term = (): TermName | undefined => {
    const { name } = props.step;
    if (name === "before" || name === "now") return undefined;
    return name === "quantity" ? "quantityEffect" : name;
  };
  return (
    <Show when={term()} fallback={stepName(props.step, props.words)}>
      {(name) => <Term of={name()} />}
    </Show>
  );
}
