import type { Month } from "@dapanoskop/core/calendar";
import { moneyFromNumber } from "@dapanoskop/core/money";
import type { Snapshot } from "@dapanoskop/dataset";
import { For, Show } from "solid-js";
import { hrefOf } from "../../address/address.ts";
import { Sparkline } from "../../chart/sparkline.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import { CollectedTotals } from "./collected-totals.tsx";
import css from "./published.module.css";
import { PublishedFile } from "./published-file.tsx";

/** A published month: its total and state; unfolded, its collected totals and its files. */
export function PublishedMonth(props: {
  period: Month;
  snapshot: Snapshot;
  currency: string;
  isOpen: boolean;
}) {
  const formats = useFormats();
  const state = () =>
    `${props.snapshot.is_mtd ? "running" : "closed"}${props.snapshot.estimated ? ", estimate" : ""}`;
  const totals = () => [...props.snapshot.restated, props.snapshot];
  return (
    <li class={css.month}>
      <details open={props.isOpen}>
        <summary>
          <span class={css.name}>{formats.month(props.period)}</span>
          <span class={css.total}>
            {formats.money(moneyFromNumber(props.snapshot.total_cost_usd, props.currency))}
          </span>
          <span class={css.state}>{state()}</span>
          <span class={css.when}>{formats.instant(props.snapshot.as_of)}</span>
          <span class={css.history}>
            <Show when={props.snapshot.restated.length > 0}>
              <Sparkline values={totals().map(({ total_cost_usd }) => total_cost_usd)} />
            </Show>
          </span>
        </summary>
        <div class={css.inside}>
          <p>
            <a href={hrefOf("/", props.period)}>Open {formats.month(props.period)}</a> · run{" "}
            <code>{props.snapshot.run_id}</code>
          </p>
          <h3>Collected totals</h3>
          <CollectedTotals period={props.period} totals={totals()} currency={props.currency} />
          <h3>Files</h3>
          <ul class={css.files}>
            <For each={Object.entries(props.snapshot.files)}>
              {([name, file]) => (
                <li>
                  <PublishedFile name={name} file={file} period={props.period} />
                </li>
              )}
            </For>
          </ul>
        </div>
      </details>
    </li>
  );
}
