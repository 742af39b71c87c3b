import type { PlanSummary } from "@dapanoskop/api/documents";
import { For, Show } from "solid-js";
import { hrefOf, useAddress } from "../../address/address.ts";
import { readPlans } from "../../data/api-reads.ts";
import { useDataset } from "../../data/dataset-context.tsx";
import { createLoadable } from "../../data/loadable.ts";
import { Await } from "../../parts/await.tsx";
import { Hint } from "../../parts/hint.tsx";
import { Section } from "../../parts/section.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import { planChangeText, stateText } from "../../words/plan-words.ts";
import css from "./plan-centers.module.css";

/** Plans that are offered: with an older one few compare. */
const LISTED = 10;

/** The newest other plans of the same project, each with a link that compares the two. */
export function OtherPlans(props: { of: PlanSummary }) {
  const { api } = useDataset();
  const formats = useFormats();
  const address = useAddress();
  const plans = createLoadable(
    () => props.of.project,
    async (project) => (await readPlans(api, project, null)).items,
  );
  const others = (all: readonly PlanSummary[]) => all.filter(({ id }) => id !== props.of.id);
  /** The older plan of the two comes first. */
  const compareHref = (other: PlanSummary) => {
    const [from, to] = [other, props.of].sort((a, b) => (a.uploaded_at < b.uploaded_at ? -1 : 1));
    return hrefOf("/compare", address.period(), { id: from?.id, with: to?.id });
  };
  return (
    <Await value={plans} what="the other plans" placeholder="line">
      {(all) => (
        <Show when={others(all()).length > 0}>
          <Section title="Compare with another plan of this project">
            <dl class={css.centers}>
              <For each={others(all()).slice(0, LISTED)}>
                {(other) => (
                  <div class={css.center}>
                    <dt>
                      <a href={compareHref(other)}>{formats.instant(other.uploaded_at)}</a>,{" "}
                      {stateText(other)}
                    </dt>
                    <dd>{planChangeText(other, formats, " a month")}</dd>
                  </div>
                )}
              </For>
            </dl>
            <Show when={others(all()).length > LISTED}>
              <Hint>
                <a href={hrefOf("/plans", address.period(), { project: props.of.project })}>
                  Every plan of the project
                </a>
              </Hint>
            </Show>
          </Section>
        </Show>
      )}
    </Await>
  );
}
