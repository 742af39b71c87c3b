import { createUniqueId, type JSX, Show } from "solid-js";
import css from "./form-field.module.css";

/** What a control needs to be read out with its hint and its problem. */
export interface FieldControl {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": "true" | undefined;
}

/** A labelled control of a form, with a hint below, and in its place what is wrong with the value. */
function FormField(props: {
  label: string;
  hint?: string | undefined;
  problem?: string | undefined;
  children: (control: FieldControl) => JSX.Element;
}) {
  const id = createUniqueId();
  const remark = () => props.problem ?? props.hint;
  return (
    <div class={css.field}>
      <label class={css.label} for={id}>
        {props.label}
      </label>
      {props.children({
        id,
        get "aria-describedby"() {
          return remark() === undefined ? undefined : `${id}-remark`;
        },
        get "aria-invalid"() {
          return props.problem === undefined ? undefined : ("true" as const);
        },
      })}
      <Show when={remark()}>
        {(text) => (
          <p class={css.remark} id={`${id}-remark`} data-problem={props.problem !== undefined}>
            {text()}
          </p>
        )}
      </Show>
    </div>
  );
}

/** A field of one line of text. @param props.choices names that the browser offers while the reader types */
export function TextField(props: {
  label: string;
  value: string;
  set: (text: string) => void;
  hint?: string | undefined;
  problem?: string | undefined;
  isNumber?: boolean;
  choices?: readonly string[];
}) {
  const list = createUniqueId();
  return (
    <FormField label={props.label} hint={props.hint} problem={props.problem}>
      {(control) => (
        <>
          <input
            {...control}
            aria-describedby={control["aria-describedby"]}
            aria-invalid={control["aria-invalid"]}
            class={css.control}
            type="text"
            inputmode={props.isNumber ? "decimal" : "text"}
            autocomplete="off"
            list={props.choices === undefined ? undefined : list}
            value={props.value}
            onInput={(event) => props.set(event.currentTarget.value)}
          />
          <Show when={props.choices}>
            {(choices) => (
              <datalist id={list}>
                {choices().map((choice) => (
                  <option value={choice} />
                ))}
              </datalist>
            )}
          </Show>
        </>
      )}
    </FormField>
  );
}

/** A field with a few choices, each with the words that the reader sees. */
export function ChoiceField<Value extends string>(props: {
  label: string;
  value: Value;
  choices: Readonly<Record<Value, string>>;
  set: (value: Value) => void;
}) {
  const entries = () => Object.entries(props.choices) as [Value, string][];
  return (
    <FormField label={props.label}>
      {(control) => (
        <select
          id={control.id}
          class={css.control}
          value={props.value}
          onChange={(event) => {
            const chosen = entries().find(([value]) => value === event.currentTarget.value);
            if (chosen !== undefined) props.set(chosen[0]);
          }}
        >
          {entries().map(([value, words]) => (
            <option value={value} selected={value === props.value}>
              {words}
            </option>
          ))}
        </select>
      )}
    </FormField>
  );
}
