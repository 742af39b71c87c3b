import { partText, type Sentence } from "@dapanoskop/core/insight";
import { For, Show } from "solid-js";
import { useFormats } from "../words/formats-context.tsx";
import { Name } from "./name.tsx";
import { PageLink } from "./page-link.tsx";
import css from "./sentence-text.module.css";

/** The longest name in a sentence, in graphemes. */
const NAME_IN_SENTENCE = 40;

/** A sentence of the report: no line breaks within a figure, and each name stands apart. @param nameHref opens a name */
export function SentenceText(props: { of: Sentence; nameHref?: (name: string) => string }) {
  const formats = useFormats();
  return (
    <For each={props.of}>
      {(part) => {
        if (typeof part === "string") return part;
        if (part.kind !== "name")
          return <span class={css.figure}>{partText(part, formats, (name) => name)}</span>;
        const name = <Name of={part.name} limit={NAME_IN_SENTENCE} />;
        return (
          <Show when={props.nameHref} fallback={name}>
            {(href) => <PageLink href={href()(part.name)}>{name}</PageLink>}
          </Show>
        );
      }}
    </For>
  );
}
