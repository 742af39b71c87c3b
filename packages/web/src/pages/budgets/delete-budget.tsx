import { createSignal, Show } from "solid-js";
import { dataError } from "../../data/failure.ts";
import button from "../../parts/button.module.css";
import { Name } from "../../parts/name.tsx";
import { Section } from "../../parts/section.tsx";
import css from "./budget-form.module.css";

/** Deletes a budget, after a second click. @param props.remove resolves when it is deleted */
export function DeleteBudget(props: { name: string; remove: () => Promise<void> }) {
  const [isAsked, setAsked] = createSignal(false);
  const [failure, setFailure] = createSignal<string | null>(null);
  const [isDeleting, setDeleting] = createSignal(false);

  async function remove(): Promise<void> {
    if (isDeleting()) return;
    setDeleting(true);
    setFailure(null);
    try {
      await props.remove();
    } catch (error) {
      setFailure(dataError(error).message);
    } finally {
      setDeleting(false);
    }
  }

  return (
    <Section title="Delete this budget">
      <Show
        when={isAsked()}
        fallback={
          <button type="button" class={button.quiet} onClick={() => setAsked(true)}>
            Delete
          </button>
        }
      >
        <p class={css.failure}>
          <Name of={props.name} /> and its alerts are deleted. Costs stay as they are.
        </p>
        <p class={css.actions}>
          <button
            type="button"
            class={button.main}
            disabled={isDeleting()}
            ref={(shown) => queueMicrotask(() => shown.focus())}
            onClick={() => void remove()}
          >
            Delete the budget
          </button>
          <button type="button" class={button.quiet} onClick={() => setAsked(false)}>
            Keep it
          </button>
        </p>
        <Show when={failure()}>
          {(text) => (
            <p class={css.failure} role="alert">
              The budget was not deleted. {text()}
            </p>
          )}
        </Show>
      </Show>
    </Section>
  );
}
