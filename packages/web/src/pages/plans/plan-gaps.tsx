import type { PlanDocument, PlannedResourceDocument } from "@dapanoskop/core/plan";
import { visible } from "@dapanoskop/core/text";
import { For, Show } from "solid-js";
import { nameOf } from "../../data/plan-lines.ts";
import { Name } from "../../parts/name.tsx";
import { Section } from "../../parts/section.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import { notIncluded } from "../../words/plan-words.ts";
import css from "./plan-gaps.module.css";

/** Resources of a group, and warnings, that are listed; the table above has all resources. */
const LISTED = 20;

/** What is not in a plan's total, with the reason of each resource, and what the plan itself does not say. */
export function PlanGaps(props: { plan: PlanDocument }) {
  const formats = useFormats();
  const groups = () => notIncluded(props.plan.resources);
  return (
    <Show when={groups().length + props.plan.warnings.length > 0}>
      <div id="not-included">
        <Section title="What is not included">
          <For each={groups()}>
            {({ why, resources }) => (
              <>
                <h3 class={css.why}>{why}</h3>
                <ul class={css.list}>
                  <For each={resources.slice(0, LISTED)}>{(resource) => <Gap of={resource} />}</For>
                </ul>
                <Show when={resources.length > LISTED}>
                  <p class={css.note}>
                    And {formats.count(resources.length - LISTED)} more: sort the table by price to see them.
                  </p>
                </Show>
              </>
            )}
          </For>
          <Show when={props.plan.warnings.length > 0}>
            <h3 class={css.why}>What the plan does not say</h3>
            <ul class={css.list}>
              <For each={props.plan.warnings.slice(0, LISTED)}>
                {(warning) => <li>{visible(warning, 400)}</li>}
              </For>
            </ul>
            <Show when={props.plan.warnings.length > LISTED}>
              <p class={css.note}>And {formats.count(props.plan.warnings.length - LISTED)} more.</p>
            </Show>
          </Show>
        </Section>
      </div>
    </Show>
  );
}

function Gap(props: { of: PlannedResourceDocument }) {
  return (
    <li>
      <Name of={nameOf(props.of)} limit={120} />
      <Show when={props.of.notes.length > 0}>
        <span class={css.note}>: {visible(props.of.notes.join(" "), 400)}</span>
      </Show>
    </li>
  );
}
