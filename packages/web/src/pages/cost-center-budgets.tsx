import { For, Show } from "solid-js";
import { readBudgets } from "../data/api-reads.ts";
import { useDataset } from "../data/dataset-context.tsx";
import { createLoadable } from "../data/loadable.ts";
import { Await } from "../parts/await.tsx";
import { Section } from "../parts/section.tsx";
import { BudgetSummary } from "./budgets/budget-summary.tsx";

/** The budgets of a cost center. Without one, the section is left out. */
export default function CostCenterBudgets(props: { name: string }) {
  const { api } = useDataset();
  const budgets = createLoadable(
    () => props.name,
    async (name) =>
      (await readBudgets(api)).items.filter(
        ({ scope }) => scope.kind === "cost-center" && scope.name === name,
      ),
  );
  return (
    <Await value={budgets} what="the budgets" placeholder="line">
      {(own) => (
        <Show when={own().length > 0}>
          <div data-print="no">
            <Section title="Budgets">
              <For each={own()}>{(budget) => <BudgetSummary budget={budget} />}</For>
            </Section>
          </div>
        </Show>
      )}
    </Await>
  );
}
