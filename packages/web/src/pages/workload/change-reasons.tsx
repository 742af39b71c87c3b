import { type ChangeStep, changeOf } from "@dapanoskop/core/insight";
import { zero } from "@dapanoskop/core/money";
import { Show } from "solid-js";
import type { ComparedUsage } from "../../data/compared-usage.ts";
import { ChangeText } from "../../parts/change-text.tsx";
import { Hint } from "../../parts/hint.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import { periodWords } from "../../words/period-words.ts";
import css from "./change-section.module.css";
import { ChangeWaterfall } from "./change-waterfall.tsx";

/** A change, and the steps that it consists of where both periods' usage is known. @param props.drawing receives the drawing, to save it */
export function ChangeReasons(props: {
  steps: readonly ChangeStep[];
  usage: ComparedUsage;
  drawing?: (svg: SVGSVGElement) => void;
}) {
  const formats = useFormats();
  const currency = () => props.usage.summary.currency;
  const words = () => periodWords(props.usage.summary, formats, props.usage.hasOnlyCompleteDays);
  const change = () => {
    const [now, before] = [props.steps.at(-1)?.exact ?? zero(currency()), props.steps[0]?.exact ?? null];
    return changeOf(now, props.usage.isComparable ? before : null);
  };
  return (
    <>
      <p class={css.lead}>
        <ChangeText change={change()} /> <small>against {words().against}</small>
      </p>
      <Show
        when={props.usage.isComparable}
        fallback={
          <Hint>
            The usage of {words().against} is unknown, so the reasons of the change are unknown too.
          </Hint>
        }
      >
        <Show when={props.usage.summary.is_mtd}>
          <Hint>
            {words().progress} of {words().month}, against {words().against}.
          </Hint>
        </Show>
        <ChangeWaterfall
          steps={props.steps}
          words={words()}
          currency={currency()}
          drawing={props.drawing ?? (() => undefined)}
        />
      </Show>
    </>
  );
}
