import { moneyFromNumber } from "@dapanoskop/core/money";
import type { IndexDocument, Summary } from "@dapanoskop/dataset";
import { createMemo, Show } from "solid-js";
import { comparedUsage } from "../../data/compared-usage.ts";
import { useDataset } from "../../data/dataset-context.tsx";
import { createLoadable } from "../../data/loadable.ts";
import { usageLines } from "../../data/usage-lines.ts";
import { Await } from "../../parts/await.tsx";
import { Section } from "../../parts/section.tsx";
import { ChangeSection } from "./change-section.tsx";
import { UsageSection } from "./usage-section.tsx";

/**
 * The workload's usage types: why its cost changed, and what was used. Usage keeps the summary of its own month: until
 * the usage of another month is loaded, the sections describe the month that they show.
 */
export function WorkloadUsage(props: {
  name: string;
  /** The workload's cost in cents, as the page displays it. */
  displayedTotal: bigint;
  summary: Summary;
  index: IndexDocument;
}) {
  const { reader } = useDataset();
  const name = createMemo(() => props.name);
  const usage = createLoadable(
    createMemo(() => ({ index: props.index, summary: props.summary })),
    ({ index, summary }) => comparedUsage(reader, index, summary),
  );
  return (
    <Show
      when={usage().state !== "failed"}
      fallback={
        <Section title="Why did it change?">
          <Await value={usage} what="its usage">
            {() => null}
          </Await>
        </Section>
      }
    >
      <Await value={usage} what="its usage">
        {(compared) => {
          const summary = () => compared().summary;
          const isDisplayedTotal = () => summary() === props.summary && !compared().hasOnlyCompleteDays;
          const displayedTotal = () => (isDisplayedTotal() ? props.displayedTotal : null);
          const lines = createMemo(() => usageLines(compared().tables, name(), summary().currency));
          return (
            <>
              <ChangeSection
                lines={lines()}
                usage={compared()}
                name={name()}
                displayedTotal={displayedTotal()}
              />
              <UsageSection
                lines={lines()}
                usage={compared()}
                name={name()}
                displayedTotal={displayedTotal()}
                monthTotal={moneyFromNumber(summary().totals.current_cost_usd, summary().currency)}
              />
            </>
          );
        }}
      </Await>
    </Show>
  );
}
