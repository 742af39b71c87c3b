import { magnitude, parseMoney, roundedHalfUp } from "@dapanoskop/core/money";
import type { PlanDocument } from "@dapanoskop/core/plan";
import { Show } from "solid-js";
import { planTotals } from "../../data/plan-lines.ts";
import { Figure, Figures } from "../../parts/figures.tsx";
import { Term } from "../../parts/term.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import { countNotIncluded, countsText } from "../../words/plan-words.ts";
import css from "./plan-total.module.css";

/** What a plan does to the monthly cost: the change, what it consists of, and what is not included. */
export function PlanTotal(props: { plan: PlanDocument }) {
  const formats = useFormats();
  const cost = () => props.plan.cost;
  const totals = () => planTotals(props.plan);
  const cents = (text: string) => roundedHalfUp(parseMoney(text, cost().currency));
  const missing = () => countNotIncluded(props.plan.resources);
  /** Nothing that would change has a known price. */
  const isUnknown = () =>
    missing() > 0 && props.plan.resources.every(({ monthly_delta }) => isNoChange(monthly_delta));
  const sentence = () =>
    isUnknown()
      ? "What this plan would change is not known."
      : "Applying this plan would not change the cost.";
  return (
    <>
      <Show when={!isUnknown() && totals().change !== 0n} fallback={<p class={css.sentence}>{sentence()}</p>}>
        <p class={css.lead}>Applying this plan would {totals().change > 0n ? "add" : "save"}</p>
        <p class={css.total}>
          {formats.units(magnitude(totals().change), cost().currency)} <span class={css.unit}>a month</span>
        </p>
      </Show>
      <Show when={cost().monthly_delta_range}>
        {(range) => (
          <p class={css.range}>
            Between {formats.signed(cents(range().low), cost().currency)} and{" "}
            {formats.signed(cents(range().high), cost().currency)}, depending on usage.
          </p>
        )}
      </Show>
      <Show when={missing() > 0}>
        <p class={css.missing}>
          <a href="#not-included" rel="external">
            {formats.count(missing())} {missing() === 1 ? "resource is" : "resources are"} not, or not wholly,
            in this amount
          </a>
          .
        </p>
      </Show>
      <Figures>
        <Figure word="Before" value={formats.units(totals().before, cost().currency)}>
          a month
        </Figure>
        <Figure word="After" value={formats.units(totals().after, cost().currency)}>
          a month
        </Figure>
        <Show when={cents(cost().one_time) !== 0n}>
          <Figure word={<Term of="oneTime" />} value={formats.units(cents(cost().one_time), cost().currency)}>
            charged once
          </Figure>
        </Show>
        <Figure word="Resources" value={formats.count(props.plan.resources.length)}>
          {countsText(props.plan.counts, formats)}
        </Figure>
      </Figures>
    </>
  );
}

const isNoChange = (delta: string | null): boolean => delta === null || Number(delta) === 0;
