import type { BudgetDocument, OpenPlans } from "@dapanoskop/api/documents";
import { For, Show } from "solid-js";
import { hrefOf, useAddress } from "../../address/address.ts";
import { readBudgets, readOpenPlans } from "../../data/api-reads.ts";
import { useDataset } from "../../data/dataset-context.tsx";
import { createLoadable } from "../../data/loadable.ts";
import { Await } from "../../parts/await.tsx";
import { Hint } from "../../parts/hint.tsx";
import { Section } from "../../parts/section.tsx";
import { mostUrgentFirst } from "../../words/budget-words.ts";
import { useFormats } from "../../words/formats-context.tsx";
import { openPlansWords } from "../../words/plan-words.ts";
import { BudgetSummary } from "../budgets/budget-summary.tsx";
import css from "./plans-and-budgets.module.css";

/** What is to come, on the overview: what the open plans would add, and the budgets of the whole bill. */
export default function PlansAndBudgets() {
  const { api } = useDataset();
  const address = useAddress();
  const plans = createLoadable(
    () => true,
    () => readOpenPlans(api),
  );
  const budgets = createLoadable(
    () => true,
    async () => (await readBudgets(api)).items,
  );
  return (
    <div data-print="no">
      <Section
        title="Plans and budgets"
        actions={
          <>
            <a href={hrefOf("/plans", address.period())}>Every plan</a>
            <a href={hrefOf("/budgets", address.period())}>Every budget</a>
          </>
        }
      >
        <Await value={plans} what="the open plans" placeholder="line">
          {(open) => <OpenPlansSentence plans={open()} />}
        </Await>
        <Await value={budgets} what="the budgets" placeholder="line">
          {(all) => <WholeBudgets all={all()} />}
        </Await>
      </Section>
    </div>
  );
}

/** `The 3 open plans would add $553.05 a month.` */
function OpenPlansSentence(props: { plans: OpenPlans }) {
  const formats = useFormats();
  const text = () => {
    const { lead, amount, isPartial } = openPlansWords(props.plans, formats);
    const sum = amount === null ? "" : ` ${amount} a month`;
    return `${lead}${sum}.${isPartial ? " Some of their cost is unknown." : ""}`;
  };
  return <p class={css.sentence}>{text()}</p>;
}

function WholeBudgets(props: { all: readonly BudgetDocument[] }) {
  const whole = () => props.all.filter(({ scope }) => scope.kind === "everything");
  const others = () => props.all.filter(({ scope }) => scope.kind !== "everything");
  const urgent = () => mostUrgentFirst(others().filter(({ state }) => state.status !== "on_track"));
  return (
    <Show when={props.all.length > 0} fallback={<Hint>There is no budget yet.</Hint>}>
      <For each={[...whole(), ...urgent()]}>{(budget) => <BudgetSummary budget={budget} />}</For>
      <Show when={others().length > urgent().length}>
        <Hint>
          {others().length - urgent().length === 1
            ? "One other budget is on track."
            : `${others().length - urgent().length} other budgets are on track.`}
        </Hint>
      </Show>
    </Show>
  );
}
