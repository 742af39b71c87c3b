import type { MonthReport } from "@dapanoskop/core/insight";
import { For, Show } from "solid-js";
import { SentenceText } from "../../parts/sentence-text.tsx";
import { Term } from "../../parts/term.tsx";
import css from "./data-quality.module.css";

/** What a reader needs to judge the figures, each note in a paragraph. */
export function ReportNotes(props: { notes: MonthReport["notes"] }) {
  return (
    <For each={props.notes}>
      {({ kind, sentence }) => (
        <p class={css.note} data-note={kind}>
          <SentenceText of={sentence} />
          <Show when={kind === "revised"}>
            {" "}
            <Term of="revised" />
          </Show>
        </p>
      )}
    </For>
  );
}
