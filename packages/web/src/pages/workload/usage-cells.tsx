import type { Money } from "@dapanoskop/core/money";
import { Show } from "solid-js";
import { Name } from "../../parts/name.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import { unitOf, usageWords } from "../../words/unit-of.ts";
import { priceChange } from "./unit-price.ts";
import css from "./usage-section.module.css";

/** A usage type in words, and below them AWS's own name. */
export function UsageName(props: { usageType: string }) {
  return (
    <span class={css.what}>
      <Show when={usageWords(props.usageType)} fallback={<Name of={props.usageType} limit={60} />}>
        {(words) => (
          <>
            <Name of={words()} limit={60} />
            <code class={css.raw}>
              <Name of={props.usageType} limit={60} />
            </code>
          </>
        )}
      </Show>
    </span>
  );
}

/** A quantity with its unit. `null`: AWS gives none, or mixes units. */
export function Quantity(props: { usageType: string; quantity: number | null }) {
  const formats = useFormats();
  return (
    <Show when={props.quantity !== null} fallback={<span class={css.none}>n/a</span>}>
      {formats.quantity(props.quantity ?? 0)}{" "}
      <span class={css.unit}>{unitOf(props.usageType) ?? "units"}</span>
    </Show>
  );
}

/** What one unit cost, and its change in percent. */
export function UnitPrice(props: { now: number | null; before: number | null; currency: string }) {
  const formats = useFormats();
  return (
    <Show when={props.now !== null} fallback={<span class={css.none}>n/a</span>}>
      {/* Free usage has a price of 0, which has no significant digits. */}
      {props.now === 0 ? formats.units(0n, props.currency) : formats.price(props.now ?? 0, props.currency)}
      <Show when={priceChange(props.now, props.before)}>
        {(percent) => (
          <span class={css.moved}>
            {percent() > 0 ? "+" : ""}
            {formats.percent(percent())}
          </span>
        )}
      </Show>
    </Show>
  );
}

/** The cost in the same month a year before. */
export function YearBeforeCost(props: { cost: Money | null }) {
  const formats = useFormats();
  return (
    <Show when={props.cost} fallback={<span class={css.none}>–</span>}>
      {(cost) => formats.money(cost())}
    </Show>
  );
}
