import type { Month } from "@dapanoskop/core/calendar";
import { moneyNumber } from "@dapanoskop/core/money";
import type { IndexDocument } from "@dapanoskop/dataset";
import { type Accessor, createEffect, createSignal, on, onCleanup } from "solid-js";
import { workloadLine } from "./cost-lines.ts";
import type { Reader } from "./reader.ts";

/** What a workload cost in a month: `null` where it had no cost. */
export type WorkloadHistory = ReadonlyMap<Month, number | null>;

/**
 * A workload's months, each as that month's own summary has it, as they come in. The trend holds cost centers only; a
 * summary is small, and the browser keeps it for good. A month that cannot be read is left out.
 */
export function createWorkloadHistory(
  reader: Reader,
  wanted: Accessor<{ index: IndexDocument; name: string; months: readonly Month[] }>,
): Accessor<WorkloadHistory> {
  const [history, setHistory] = createSignal<WorkloadHistory>(new Map());
  createEffect(
    on(wanted, ({ index, name, months }) => {
      let isWanted = true;
      onCleanup(() => {
        isWanted = false;
      });
      setHistory(new Map());
      for (const month of months) {
        reader.summary(index, month).then(
          (summary) => {
            const row = workloadLine(summary, name);
            const cost = row === null ? null : moneyNumber(row.current);
            if (isWanted) setHistory((known) => new Map(known).set(month, cost));
          },
          () => {
            // The figures of the page's own month say why; here a bar is missing.
          },
        );
      }
    }),
  );
  return history;
}
