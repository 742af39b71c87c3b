import { createUniqueId, For, Show } from "solid-js";
import type { BudgetFormValues, BudgetProblems } from "../../data/budget-form.ts";
import { useDataset } from "../../data/dataset-context.tsx";
import { SCOPE_WORDS } from "../../words/budget-words.ts";
import css from "./budget-form.module.css";
import { ChoiceField, TextField } from "./form-field.tsx";

const THRESHOLDS = [
  ["actualThresholds", "cost"],
  ["forecastThresholds", "forecast"],
] as const;

const PERIODS = { month: "A calendar month", quarter: "A calendar quarter" } as const;

/** The fields of a budget. */
export function BudgetFields(props: {
  values: BudgetFormValues;
  problems: BudgetProblems;
  currency: string;
  change: (change: Partial<BudgetFormValues>) => void;
}) {
  const rearm = createUniqueId();
  const names = useNames();
  const scopeName = () =>
    props.values.scopeKind === "everything" ? null : SCOPE_WORDS[props.values.scopeKind];
  return (
    <>
      <TextField
        label="Name"
        value={props.values.name}
        set={(name) => props.change({ name })}
        problem={props.problems.name}
        hint="How reports and alerts call it."
      />
      <ChoiceField
        label="What it limits"
        value={props.values.scopeKind}
        choices={SCOPE_WORDS}
        set={(scopeKind) => props.change({ scopeKind })}
      />
      <Show when={scopeName()}>
        {(kind) => (
          <TextField
            label={`Name of the ${kind().toLowerCase()}`}
            value={props.values.scopeName}
            set={(name) => props.change({ scopeName: name })}
            problem={props.problems.scopeName}
            hint="Exactly as the bill has it."
            choices={names(props.values.scopeKind)}
          />
        )}
      </Show>
      <ChoiceField
        label="Period"
        value={props.values.period}
        choices={PERIODS}
        set={(period) => props.change({ period })}
      />
      <TextField
        label={`Limit in ${props.currency}`}
        value={props.values.limit}
        set={(limit) => props.change({ limit })}
        problem={props.problems.limit}
        hint="For the whole period."
        isNumber
      />
      <For each={THRESHOLDS}>
        {([field, what]) => (
          <TextField
            label={`Alert when the ${what} reaches (in % of the limit)`}
            value={props.values[field]}
            set={(percents) => props.change({ [field]: percents })}
            problem={props.problems[field]}
            hint="Each once in a period. Empty: no alert."
          />
        )}
      </For>
      <TextField
        label="Audiences of the alerts"
        value={props.values.audiences}
        set={(audiences) => props.change({ audiences })}
        problem={props.problems.audiences}
        hint="Names of the report's audiences, with commas between. Empty: nobody is alerted."
      />
      <p class={css.check}>
        <input
          id={rearm}
          type="checkbox"
          checked={props.values.rearm}
          onChange={(event) => props.change({ rearm: event.currentTarget.checked })}
        />
        <label for={rearm}>
          Alert again in the same period when a credit lowered the cost below a threshold and it rises again
        </label>
      </p>
    </>
  );
}

/** The names in the month's published figures, for the browser to offer. */
function useNames() {
  const { summary } = useDataset();
  return (kind: BudgetFormValues["scopeKind"]): readonly string[] => {
    const named = (summary().value?.cost_centers ?? []).filter((center) => center.kind === "named");
    if (kind === "cost-center") return named.map(({ name }) => name);
    if (kind !== "workload") return [];
    const workloads = (summary().value?.cost_centers ?? []).flatMap((center) => center.workloads);
    return [
      ...new Set(workloads.filter((workload) => workload.kind === "named").map(({ name }) => name)),
    ].sort();
  };
}
