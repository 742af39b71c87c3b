import { eventMonth, type Instant, type Month } from "@dapanoskop/core/calendar";
import { changeOf } from "@dapanoskop/core/insight";
import { moneyFromNumber } from "@dapanoskop/core/money";
import { For, Show } from "solid-js";
import { ChangeText } from "../../parts/change-text.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import css from "./published.module.css";

/** A month's total as one collection read it. */
export interface CollectedTotal {
  readonly as_of: Instant;
  readonly total_cost_usd: number;
}

/** A month's total at each collection that read another one than before, oldest first. */
export function CollectedTotals(props: {
  period: Month;
  totals: readonly CollectedTotal[];
  currency: string;
}) {
  const formats = useFormats();
  const money = ({ total_cost_usd }: CollectedTotal) => moneyFromNumber(total_cost_usd, props.currency);
  return (
    <table class={css.table}>
      <thead>
        <tr>
          <th scope="col">Collected</th>
          <th scope="col" data-align="end">
            Total
          </th>
          <th scope="col" data-align="end">
            Change
          </th>
          <th scope="col">Covers</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.totals}>
          {(total, at) => (
            <tr>
              <th scope="row">{formats.instant(total.as_of)}</th>
              <td data-align="end">{formats.money(money(total))}</td>
              <td data-align="end">
                <Show when={props.totals[at() - 1]}>
                  {(before) => <ChangeText change={changeOf(money(total), money(before()))} />}
                </Show>
              </td>
              <td>{eventMonth(total.as_of) > props.period ? "the closed month" : "the month so far"}</td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}
