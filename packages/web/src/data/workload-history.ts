import type { Month } from "@dapanoskop/core/calendar";
import { moneyNumber } from "@dapanoskop/core/money";
import type { IndexDocument } from "@dapanoskop/dataset";
import { type Accessor, createEffect, createSignal, on, onCleanup } from "solid-js";
import { workloadLine } from "./cost-lines.ts";
import type { Reader } from "./reader.ts";

/** A workload's cost by month, in whole units of the currency; `null` in months without cost. */
export type WorkloadHistory = ReadonlyMap<Month, number | null>;

/**
 * A workload's cost in each month, from the summaries of these months; the trend has cost centers only. It grows as the
 * summaries arrive. They are small and cached by the browser. A month whose summary cannot be read is left out.
 */
export function createWorkloadHistory(
  reader: Reader,
  source: Accessor<{ index: IndexDocument; name: string; months: readonly Month[] }>,
): Accessor<WorkloadHistory> {
  const [history, setHistory] = createSignal<WorkloadHistory>(new Map());
  createEffect(
    on(source, ({ index, name, months }) => {
      let isCurrent = true;
      onCleanup(() => {
        isCurrent = false;
      });
      setHistory(new Map());
      for (const month of months) {
        reader.summary(index, month).then(
          (summary) => {
            const row = workloadLine(summary, name);
            const cost = row === null ? null : moneyNumber(row.current);
            if (isCurrent) setHistory((known) => new Map(known).set(month, cost));
          },
          () => {
            // The page reports failures of its own month. In the chart, the bar of this month is missing.
          },
        );
      }
    }),
  );
  return history;
}
