import { eventMonth } from "@dapanoskop/core/calendar";
import { moneyFromNumber } from "@dapanoskop/core/money";
import type { IndexDocument, Summary } from "@dapanoskop/dataset";
import { changeOf } from "@dapanoskop/dataset/report";
import { Show } from "solid-js";
import { Term } from "../../parts/term.tsx";
import { useFormats } from "../../words/formats-context.tsx";

/** How AWS revised a closed month since an earlier collection. A running month's total grows daily; that is no revision. */
export function RevisedTotal(props: { index: IndexDocument; summary: Summary }) {
  const formats = useFormats();
  const earlier = () =>
    props.summary.is_mtd
      ? undefined
      : props.index.snapshot[props.summary.period]?.restated.findLast(
          ({ as_of }) => eventMonth(as_of) > props.summary.period,
        );
  const money = (amount: number) => moneyFromNumber(amount, props.summary.currency);
  return (
    <Show when={earlier()}>
      {(before) => {
        const total = () => money(before().total_cost_usd);
        const change = () => changeOf(money(props.summary.totals.current_cost_usd), total());
        return (
          <Show when={change().direction !== "unchanged"}>
            {" "}
            <Term of="restated" />: the total was {formats.money(total())} on {formats.day(before().as_of)},{" "}
            {formats.changeAmount(change())} since then.
          </Show>
        );
      }}
    </Show>
  );
}
