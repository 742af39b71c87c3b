import type { BudgetDocument, NewBudgetDocument } from "@dapanoskop/api/documents";
import { useNavigate } from "@solidjs/router";
import { Show } from "solid-js";
import { hrefOf, useAddress } from "../../address/address.ts";
import { changeBudget, createBudget, deleteBudget, readBudget } from "../../data/api-reads.ts";
import { useDataset } from "../../data/dataset-context.tsx";
import { createLoadable } from "../../data/loadable.ts";
import { Await } from "../../parts/await.tsx";
import { Name } from "../../parts/name.tsx";
import { PageHeading } from "../../parts/page-heading.tsx";
import { Section } from "../../parts/section.tsx";
import { ApiPage } from "../api-page.tsx";
import { BudgetAlerts } from "./budget-alerts.tsx";
import { BudgetForm } from "./budget-form.tsx";
import { BudgetSummary } from "./budget-summary.tsx";
import { DeleteBudget } from "./delete-budget.tsx";

/** A new budget, or the budget that the address names: how it stands, and a form to change it. */
export default function BudgetPage() {
  const address = useAddress();
  return (
    <ApiPage title="Budget">
      <Show when={address.text("id")} keyed fallback={<NewBudget />}>
        {(id) => <KnownBudget id={id} />}
      </Show>
    </ApiPage>
  );
}

/** Opens the list of budgets, where the result is to be seen. */
function useList(): () => void {
  const navigate = useNavigate();
  const address = useAddress();
  return () => navigate(hrefOf("/budgets", address.period()));
}

function BudgetsLink() {
  const address = useAddress();
  return <a href={hrefOf("/budgets", address.period())}>Budgets</a>;
}

function NewBudget() {
  const { api, index, trend } = useDataset();
  const toList = useList();
  async function save(budget: NewBudgetDocument): Promise<void> {
    await createBudget(api, budget);
    toList();
  }
  return (
    <>
      <PageHeading above={<BudgetsLink />}>New budget</PageHeading>
      <Show
        when={index().value === null}
        fallback={
          <Await value={trend} what="the currency" placeholder="line">
            {(known) => <BudgetForm budget={null} currency={known().currency} save={save} />}
          </Await>
        }
      >
        <BudgetForm budget={null} currency="USD" save={save} />
      </Show>
    </>
  );
}

function KnownBudget(props: { id: string }) {
  const { api } = useDataset();
  const budget = createLoadable(
    () => props.id,
    (id) => readBudget(api, id),
  );
  return (
    <Await value={budget} what="the budget" placeholder="hero" page>
      {(known) => <ChangeBudget budget={known()} />}
    </Await>
  );
}

function ChangeBudget(props: { budget: BudgetDocument }) {
  const { api } = useDataset();
  const toList = useList();
  async function save(budget: NewBudgetDocument): Promise<void> {
    await changeBudget(api, props.budget.id, budget, props.budget.version);
    toList();
  }
  async function remove(): Promise<void> {
    await deleteBudget(api, props.budget.id);
    toList();
  }
  return (
    <>
      <PageHeading above={<BudgetsLink />}>
        <Name of={props.budget.name} limit={120} />
      </PageHeading>
      <BudgetSummary budget={props.budget} isOwnPage />
      <Section title="Change this budget">
        <BudgetForm budget={props.budget} currency={props.budget.currency} save={save} />
      </Section>
      <BudgetAlerts budget={props.budget} />
      <DeleteBudget name={props.budget.name} remove={remove} />
    </>
  );
}
