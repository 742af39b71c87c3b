import { type ChargeLine, type MonthReport, monthText } from "@dapanoskop/core/insight";
import { For, Show } from "solid-js";
import { Section } from "../../parts/section.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import css from "./charges.module.css";

/** What the total consists of: usage, fees, support, tax, refunds and credits, a line each. */
export function Charges(props: { report: MonthReport }) {
  const formats = useFormats();
  const before = () => monthText(props.report.figures.windows.previousMonth.start.slice(0, 7));
  const previous = ({ previousMonth }: ChargeLine) =>
    previousMonth === null ? "unknown" : formats.money(previousMonth);
  return (
    <Show when={props.report.charges.length > 0}>
      {/* A printed overview is one page. */}
      <div data-print="no">
        <Section title="What the total consists of">
          <dl class={css.charges}>
            <For each={props.report.charges}>
              {(line) => (
                <div>
                  <dt>{line.label}</dt>
                  <dd>{formats.units(line.displayed, line.cost.currency)}</dd>
                  <dd class={css.before}>
                    {before()}: <span class={css.amount}>{previous(line)}</span>
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
