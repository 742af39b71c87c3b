import type { BudgetDocument, NewBudgetDocument } from "@dapanoskop/api/documents";
import { createSignal, Show } from "solid-js";
import { hrefOf, useAddress } from "../../address/address.ts";
import {
  type BudgetFormValues,
  type BudgetProblems,
  budgetFormOf,
  budgetOfForm,
  emptyBudgetForm,
} from "../../data/budget-form.ts";
import { dataError } from "../../data/failure.ts";
import button from "../../parts/button.module.css";
import { BudgetFields } from "./budget-fields.tsx";
import css from "./budget-form.module.css";

/**
 * A form for a budget. What is wrong with a field stands below it, and the first such field gets the focus.
 * @param props.budget `null`: a new one
 * @param props.save resolves when the budget is stored
 */
export function BudgetForm(props: {
  budget: BudgetDocument | null;
  currency: string;
  save: (budget: NewBudgetDocument) => Promise<void>;
}) {
  const address = useAddress();
  const [values, setValues] = createSignal<BudgetFormValues>(
    props.budget === null ? emptyBudgetForm : budgetFormOf(props.budget),
  );
  const [problems, setProblems] = createSignal<BudgetProblems>({});
  const [failure, setFailure] = createSignal<string | null>(null);
  const [isSaving, setSaving] = createSignal(false);
  let form: HTMLFormElement | undefined;

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (isSaving()) return;
    const read = budgetOfForm(values(), props.currency);
    setProblems("problems" in read ? read.problems : {});
    setFailure(null);
    if ("problems" in read) {
      form?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
      return;
    }
    setSaving(true);
    try {
      await props.save(read.budget);
    } catch (error) {
      setFailure(dataError(error).message);
    } finally {
      setSaving(false);
    }
  }

  return (
    <form ref={form} class={css.form} novalidate onSubmit={(event) => void submit(event)}>
      <BudgetFields
        values={values()}
        problems={problems()}
        currency={props.currency}
        change={(change) => setValues((before) => ({ ...before, ...change }))}
      />
      <Show when={failure()}>
        {(text) => (
          <p class={css.failure} role="alert">
            The budget was not saved. {text()}
          </p>
        )}
      </Show>
      <p class={css.actions}>
        <button type="submit" class={button.main} aria-disabled={isSaving()}>
          {isSaving() ? "Saving" : props.budget === null ? "Create the budget" : "Save the changes"}
        </button>
        <a class={button.quiet} href={hrefOf("/budgets", address.period())}>
          Cancel
        </a>
      </p>
    </form>
  );
}
