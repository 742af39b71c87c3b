import type { BudgetDocument } from "@dapanoskop/api/documents";
import { forecastWords, limitPart, shareOfLimit } from "@dapanoskop/core/insight/budget";
import { parseMoney } from "@dapanoskop/core/money";
import { visible } from "@dapanoskop/core/text";
import { Match, Show, Switch } from "solid-js";
import { hrefOf, useAddress } from "../../address/address.ts";
import { BudgetBar } from "../../chart/budget-bar.tsx";
import { budgetShares } from "../../data/budget-shares.ts";
import { Name } from "../../parts/name.tsx";
import { SentenceText } from "../../parts/sentence-text.tsx";
import { budgetPeriodText, budgetStatusText, SCOPE_WORDS, thresholdsText } from "../../words/budget-words.ts";
import { useFormats } from "../../words/formats-context.tsx";
import css from "./budget-summary.module.css";

/**
 * A budget in its running period: how it stands, what was used, and where it is expected to end.
 * @param props.isOwnPage the page is about this budget, and its heading says the name
 */
export function BudgetSummary(props: { budget: BudgetDocument; isOwnPage?: boolean }) {
  const formats = useFormats();
  const address = useAddress();
  const state = () => props.budget.state;
  const money = (text: string) => parseMoney(text, props.budget.currency);
  const limit = () => <SentenceText of={[limitPart(props.budget)]} />;
  const known = (text: string | null) => (text === null ? null : money(text));
  return (
    <article class={css.budget} data-status={state().status}>
      <Show when={!props.isOwnPage}>
        <h3 class={css.name}>
          <a href={hrefOf("/budget", address.period(), { id: props.budget.id })}>
            <Name of={props.budget.name} />
          </a>
        </h3>
      </Show>
      <p class={css.status}>{budgetStatusText(state().status)}</p>
      <p class={css.scope}>
        <ScopeText budget={props.budget} />, {budgetPeriodText(props.budget, formats)}
      </p>
      <p class={css.used}>
        <Show when={state().actual} fallback={<>Used: unknown, of {limit()}</>}>
          {(actual) => (
            <>
              <b>{formats.money(money(actual()))}</b> of {limit()} (
              {formats.percent(shareOfLimit(money(actual()), props.budget))} used)
            </>
          )}
        </Show>
      </p>
      <Show when={budgetShares(props.budget)}>
        {(shares) => (
          <div class={css.bar}>
            <BudgetBar of={shares()} isOver={state().status === "over_budget"} />
          </div>
        )}
      </Show>
      <p class={css.forecast}>
        <Switch fallback="Forecast: unknown.">
          <Match when={state().forecast}>
            {(forecast) => (
              <>
                Our own forecast:{" "}
                <SentenceText
                  of={forecastWords({
                    total: money(forecast().total),
                    low: known(forecast().low),
                    high: known(forecast().high),
                  })}
                />
                .
              </>
            )}
          </Match>
          <Match when={state().forecast_status === "insufficient_data"}>
            No forecast yet: the period has too few complete days.
          </Match>
        </Switch>{" "}
        <Show when={thresholdsText(props.budget)} fallback="No alerts.">
          {(text) => <>Alerts {text()}.</>}
        </Show>
      </p>
      <Show when={state().why}>{(why) => <p class={css.why}>{visible(why(), 300)}</p>}</Show>
    </article>
  );
}

/** What a budget limits: the kind, and its name with a link where it has a page. */
function ScopeText(props: { budget: BudgetDocument }) {
  const address = useAddress();
  const name = () => {
    const { scope } = props.budget;
    return scope.kind === "everything" ? null : scope;
  };
  return (
    <>
      {SCOPE_WORDS[props.budget.scope.kind]}
      <Show when={name()}>
        {(scope) => (
          <>
            {" "}
            <Show when={scope().kind !== "service"} fallback={<Name of={scope().name} />}>
              <a href={hrefOf(`/${scope().kind}`, address.period(), { name: scope().name })}>
                <Name of={scope().name} />
              </a>
            </Show>
          </>
        )}
      </Show>
    </>
  );
}
