import type { ChargeLine, MonthReport } from "@dapanoskop/core/insight";
import type { Summary } from "@dapanoskop/dataset";
import { For, Show } from "solid-js";
import { Section } from "../../parts/section.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import { periodWords } from "../../words/period-words.ts";
import css from "./charges.module.css";

/** What the total consists of: usage, fees, support, tax, refunds and credits, a line each. */
export function Charges(props: { summary: Summary; report: MonthReport }) {
  const formats = useFormats();
  const words = () => periodWords(props.summary, formats);
  const previous = ({ previousMonth }: ChargeLine) =>
    previousMonth === null ? "unknown" : formats.money(previousMonth);
  return (
    <Show when={props.report.charges.length > 0}>
      {/* A printed overview is one page. */}
      <div data-print="no">
        <Section title="What the total consists of">
          <Show when={props.report.figures.isRunning}>
            <p class={css.span}>
              {words().month} so far, and the whole month of {words().previousMonth}.
            </p>
          </Show>
          <dl class={css.charges}>
            <For each={props.report.charges}>
              {(line) => (
                <div>
                  <dt>{line.label}</dt>
                  <dd>{formats.units(line.displayed, line.cost.currency)}</dd>
                  <dd class={css.before}>
                    {words().previousMonth}: <span class={css.amount}>{previous(line)}</span>
                  </dd>
                </div>
              )}
            </For>
          </dl>
        </Section>
      </div>
    </Show>
  );
}
