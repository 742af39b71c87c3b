import type { PlanDocument } from "@dapanoskop/core/plan";
import { For, Show } from "solid-js";
import { Name } from "../../parts/name.tsx";
import { Section } from "../../parts/section.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import css from "./plan-gaps.module.css";

/** Drifted resources that are listed by name. */
const LISTED = 50;

/** What changed outside of Terraform before the plan was made: apart from what the plan itself would change. */
export function PlanDrift(props: { plan: PlanDocument }) {
  const formats = useFormats();
  const resources = () => props.plan.drift.resources;
  return (
    <Show when={resources().length > 0}>
      <Section title="Changed outside of Terraform">
        <p class={css.note}>
          {formats.count(props.plan.drift.changed)} changed, {formats.count(props.plan.drift.deleted)} deleted
          since the last apply.
        </p>
        <ul class={css.list}>
          <For each={resources().slice(0, LISTED)}>
            {({ address, change }) => (
              <li>
                <Name of={address} limit={120} /> <span class={css.note}>{change}</span>
              </li>
            )}
          </For>
        </ul>
        <Show when={resources().length > LISTED}>
          <p class={css.note}>And {formats.count(resources().length - LISTED)} more.</p>
        </Show>
      </Section>
    </Show>
  );
}
