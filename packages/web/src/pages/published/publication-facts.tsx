import { INDEX_KEY, type IndexDocument } from "@dapanoskop/dataset";
import { For, Show } from "solid-js";
import { dataHref } from "../../data/data-href.ts";
import { Name } from "../../parts/name.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import css from "./published.module.css";
import { PublishedFile } from "./published-file.tsx";

/** The last publication, and the files about all months. */
export function PublicationFacts(props: { index: IndexDocument }) {
  const formats = useFormats();
  return (
    <dl class={css.facts}>
      <div>
        <dt>Last published</dt>
        <dd>{formats.instant(props.index.published_at)}</dd>
      </div>
      <div>
        <dt>Generation</dt>
        <dd>{formats.count(props.index.generation)}</dd>
      </div>
      <div>
        <dt>Run</dt>
        <dd>
          <code>{props.index.run_id}</code>
        </dd>
      </div>
      <Show when={props.index.source}>
        {(source) => (
          <div>
            <dt>Source</dt>
            <dd>
              {source().kind}, <Name of={source().provider} />
            </dd>
          </div>
        )}
      </Show>
      <div>
        <dt>All months</dt>
        <dd>
          <For each={Object.entries(props.index.shared)}>
            {([name, file]) => <PublishedFile name={name} file={file} />}
          </For>
          <a href={dataHref(INDEX_KEY)} download={INDEX_KEY} rel="external">
            {INDEX_KEY}
          </a>
        </dd>
      </div>
    </dl>
  );
}
