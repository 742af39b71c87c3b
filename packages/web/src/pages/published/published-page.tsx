import type { IndexDocument } from "@dapanoskop/dataset";
import { createEffect, For, Show } from "solid-js";
import { useDataset } from "../../data/dataset-context.tsx";
import { Await } from "../../parts/await.tsx";
import { Notice } from "../../parts/notice.tsx";
import { PageHeading } from "../../parts/page-heading.tsx";
import { SaveCsv } from "../../parts/save-buttons.tsx";
import { Section } from "../../parts/section.tsx";
import { Term } from "../../parts/term.tsx";
import { csvText } from "../../table/csv.ts";
import { useFormats } from "../../words/formats-context.tsx";
import { PublicationFacts } from "./publication-facts.tsx";
import css from "./published.module.css";
import { PublishedMonth } from "./published-month.tsx";

/** Every published month: its collected totals, and its files with their hashes. */
export default function PublishedPage() {
  const { index } = useDataset();
  createEffect(() => {
    document.title = "Published · Dapanoskop";
  });
  return (
    <>
      <PageHeading above="The files that all figures on these pages are read from">Published</PageHeading>
      <Await value={index} what="the index" page>
        {(known) => (
          <Show
            when={known()}
            fallback={
              <Notice title="Nothing is published yet">
                <p>The first collection publishes the running month and the one before it.</p>
              </Notice>
            }
          >
            {(pointer) => (
              <>
                <PublicationFacts index={pointer()} />
                <PublishedMonths index={pointer()} />
              </>
            )}
          </Show>
        )}
      </Await>
    </>
  );
}

function PublishedMonths(props: { index: IndexDocument }) {
  const { summary, period } = useDataset();
  const formats = useFormats();
  // The index names no currency; the summary of the page's month does.
  const currency = () => summary().value?.currency ?? "USD";
  const csv = () => {
    const rows = props.index.periods.flatMap((month) => {
      const snapshot = props.index.snapshot[month];
      const collected = snapshot === undefined ? [] : [...snapshot.restated, snapshot];
      return collected.map(({ run_id, as_of, total_cost_usd }) => [month, as_of, run_id, total_cost_usd]);
    });
    return csvText([["month", "collected at", "run", `total (${currency()})`], ...rows]);
  };
  const count = () => props.index.periods.length;
  return (
    <Section
      title={count() === 1 ? "One month" : `${formats.count(count())} months`}
      actions={
        <>
          <Term of="revised" />
          <SaveCsv file={["published"]} csv={csv} />
        </>
      }
    >
      <ol class={css.months}>
        <For each={props.index.periods}>
          {(month) => (
            <Show when={props.index.snapshot[month]}>
              {(snapshot) => (
                <PublishedMonth
                  period={month}
                  snapshot={snapshot()}
                  currency={currency()}
                  isOpen={period() === month}
                />
              )}
            </Show>
          )}
        </For>
      </ol>
    </Section>
  );
}
