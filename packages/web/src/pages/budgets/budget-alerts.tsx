import type { BudgetAlertDocument, BudgetDocument } from "@dapanoskop/api/documents";
import { parseMoney } from "@dapanoskop/core/money";
import { visible } from "@dapanoskop/core/text";
import { For, Show } from "solid-js";
import { readBudgetAlerts } from "../../data/api-reads.ts";
import { useDataset } from "../../data/dataset-context.tsx";
import { createLoadable } from "../../data/loadable.ts";
import { Await } from "../../parts/await.tsx";
import { Section } from "../../parts/section.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import css from "./budget-alerts.module.css";

/** The thresholds that a budget reached, and what became of the messages. */
export function BudgetAlerts(props: { budget: BudgetDocument }) {
  const { api } = useDataset();
  const alerts = createLoadable(
    () => props.budget.id,
    async (id) => (await readBudgetAlerts(api, id)).items,
  );
  return (
    <Section title="Thresholds that were reached">
      <Await value={alerts} what="the alerts" placeholder="line">
        {(items) => (
          <Show
            when={items().length > 0}
            fallback={<p class={css.none}>None in this period and the one before.</p>}
          >
            <ul class={css.alerts}>
              <For each={items()}>{(alert) => <BudgetAlertLine of={alert} />}</For>
            </ul>
          </Show>
        )}
      </Await>
    </Section>
  );
}

const SENT_WORDS: Readonly<Record<BudgetAlertDocument["sent"][number]["state"], string>> = {
  pending: "will be sent",
  sent: "sent",
  failed: "could not be sent",
  unknown: "may have been sent",
};

function BudgetAlertLine(props: { of: BudgetAlertDocument }) {
  const formats = useFormats();
  const amount = () => {
    const { amount: text, currency } = props.of;
    return text === null ? "unknown" : formats.money(parseMoney(text, currency));
  };
  const messages = () => {
    if (props.of.passed) return "No message, because a higher threshold was reached as well.";
    if (props.of.sent.length === 0) return "Nobody is alerted.";
    return `${props.of.sent.map(({ audience, state }) => `${visible(audience, 40)}: ${SENT_WORDS[state]}`).join(", ")}.`;
  };
  return (
    <li>
      {formats.percent(props.of.percent)} of the limit by the {props.of.of === "actual" ? "cost" : "forecast"}
      , {amount()}, on {formats.instant(props.of.reached_at)}. <span class={css.none}>{messages()}</span>
    </li>
  );
}
