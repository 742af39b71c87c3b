import { displayedParts, type Money, parseMoney } from "@dapanoskop/core/money";
import type { CostCenterDeltaDocument, PlanDocument } from "@dapanoskop/core/plan";
import { For, Show } from "solid-js";
import { hrefOf, useAddress } from "../../address/address.ts";
import { planTotals } from "../../data/plan-lines.ts";
import { Hint } from "../../parts/hint.tsx";
import { Name } from "../../parts/name.tsx";
import { Section } from "../../parts/section.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import { countNotIncluded } from "../../words/plan-words.ts";
import css from "./plan-centers.module.css";

/** What a plan would add to each cost center. The lines add up to its total. */
export function PlanCenters(props: { plan: PlanDocument }) {
  const formats = useFormats();
  const address = useAddress();
  const missing = () => countNotIncluded(props.plan.resources);
  const lines = (): readonly { readonly center: CostCenterDeltaDocument; readonly displayed: bigint }[] => {
    const { by_cost_center: centers, cost } = props.plan;
    const deltas = centers.map(({ monthly_delta }): Money => parseMoney(monthly_delta, cost.currency));
    const displayed = displayedParts(planTotals(props.plan).change, deltas);
    return centers.map((center, at) => ({ center, displayed: displayed[at] ?? 0n }));
  };
  return (
    <Show when={props.plan.by_cost_center.length > 0}>
      <Section title="Who would pay">
        <dl class={css.centers}>
          <For each={lines()}>
            {({ center, displayed }) => (
              <div class={css.center}>
                <dt>
                  <Show when={center.name} fallback="Not known which cost center">
                    {(name) => (
                      <a href={hrefOf("/cost-center", address.period(), { name: name() })}>
                        <Name of={name()} limit={60} />
                      </a>
                    )}
                  </Show>
                </dt>
                <dd>{formats.signed(displayed, props.plan.cost.currency)} a month</dd>
              </div>
            )}
          </For>
        </dl>
        <Show when={missing() > 0}>
          <Hint>
            {missing() === 1
              ? "One resource is not, or not wholly, in these amounts."
              : `${formats.count(missing())} resources are not, or not wholly, in these amounts.`}
          </Hint>
        </Show>
      </Section>
    </Show>
  );
}
