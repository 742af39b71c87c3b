import { ConfirmedAction } from "../../parts/confirmed-action.tsx";
import { Name } from "../../parts/name.tsx";
import { Section } from "../../parts/section.tsx";

/** Deletes a budget, after a second click. @param props.remove resolves when it is deleted */
export function DeleteBudget(props: { name: string; remove: () => Promise<void> }) {
  return (
    <Section title="Delete this budget">
      <ConfirmedAction
        label="Delete"
        confirm="Delete the budget"
        keep="Keep it"
        failed="The budget was not deleted."
        run={props.remove}
      >
        <Name of={props.name} /> and its alerts are deleted. Costs stay as they are.
      </ConfirmedAction>
    </Section>
  );
}
