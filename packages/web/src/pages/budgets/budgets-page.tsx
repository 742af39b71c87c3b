import type { BudgetDocument } from "@dapanoskop/api/documents";
import { For, Show } from "solid-js";
import { hrefOf, useAddress } from "../../address/address.ts";
import { readBudgets } from "../../data/api-reads.ts";
import { useDataset } from "../../data/dataset-context.tsx";
import { createLoadable } from "../../data/loadable.ts";
import { Await } from "../../parts/await.tsx";
import button from "../../parts/button.module.css";
import { Notice } from "../../parts/notice.tsx";
import { PageHeading } from "../../parts/page-heading.tsx";
import { Section } from "../../parts/section.tsx";
import { TermList } from "../../parts/term-list.tsx";
import { mostUrgentFirst } from "../../words/budget-words.ts";
import { ApiPage } from "../api-page.tsx";
import { BudgetSummary } from "./budget-summary.tsx";

/** Every budget in its running period, those that need attention first. */
export default function BudgetsPage() {
  const { api } = useDataset();
  const budgets = createLoadable(
    () => true,
    async () => (await readBudgets(api)).items,
  );
  return (
    <ApiPage title="Budgets">
      <PageHeading above="What may be spent, what was spent, and where it is expected to end">
        Budgets
      </PageHeading>
      <Await value={budgets} what="the budgets" page>
        {(all) => <Budgets all={all()} />}
      </Await>
    </ApiPage>
  );
}

function Budgets(props: { all: readonly BudgetDocument[] }) {
  const address = useAddress();
  const newHref = () => hrefOf("/budget", address.period());
  return (
    <Show
      when={props.all.length > 0}
      fallback={
        <Notice
          title="There is no budget yet"
          next={
            <a class={button.main} href={newHref()}>
              New budget
            </a>
          }
        >
          <p>
            A budget limits the whole bill, a cost center, a workload or a service, and alerts before it is
            spent.
          </p>
        </Notice>
      }
    >
      <Section
        title="Running periods"
        actions={
          <a class={button.main} href={newHref()}>
            New budget
          </a>
        }
      >
        <For each={mostUrgentFirst(props.all)}>{(budget) => <BudgetSummary budget={budget} />}</For>
        <TermList terms={["usedShare", "budgetForecast"]} />
      </Section>
    </Show>
  );
}
