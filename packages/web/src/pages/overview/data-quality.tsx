import { moneyNumber } from "@dapanoskop/core/money";
import type { IndexDocument, Summary } from "@dapanoskop/dataset";
import { ageText, type Message } from "@dapanoskop/dataset/report";
import { For, type JSX, Show } from "solid-js";
import { hrefOf } from "../../address/address.ts";
import { Section } from "../../parts/section.tsx";
import { Term } from "../../parts/term.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import css from "./data-quality.module.css";
import { RevisedTotal } from "./revised-total.tsx";
import { SaveCoverage } from "./save-coverage.tsx";
import { TaggingCoverage } from "./tagging-coverage.tsx";

/** Collection runs daily. Figures older than a day and a half mean that a run is missing; in milliseconds. */
const OLD_AFTER = 36 * 3_600_000;

/** How far the figures can be trusted: tagging, reconciliation, age, and what their collection cost. */
export function DataQuality(props: { index: IndexDocument; summary: Summary; message: Message; now: Date }) {
  let drawing: SVGSVGElement | undefined;
  return (
    <Section
      title="Can I trust these figures?"
      actions={
        <>
          <a href={hrefOf("/published", props.summary.period)}>Every published month</a>
          <SaveCoverage summary={props.summary} coverage={props.message.coverage} drawing={() => drawing} />
        </>
      }
    >
      <div class={css.layout}>
        <TaggingCoverage
          coverage={props.message.coverage}
          drawing={(svg) => {
            drawing = svg;
          }}
        />
        <dl class={css.facts}>
          <Fact word={<Term of="reconciled" />}>
            <Reconciliation of={props.message.reconciliation} />
          </Fact>
          <Fact word="Freshness">
            <Age publishedAt={props.index.published_at} now={props.now} />{" "}
            {props.summary.estimated
              ? "AWS still calls these figures estimates and may revise them."
              : "AWS no longer calls these figures estimates."}
            <RevisedTotal index={props.index} summary={props.summary} />
          </Fact>
          <Fact word={<Term of="collection">What the last collection of this month cost</Term>}>
            <CollectionCost requests={props.message.requests} />
          </Fact>
        </dl>
      </div>
    </Section>
  );
}

function Fact(props: { word: JSX.Element; children: JSX.Element }) {
  return (
    <div class={css.fact}>
      <dt>{props.word}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

function Reconciliation(props: { of: Message["reconciliation"] }) {
  const formats = useFormats();
  return (
    <>
      AWS's own total is {formats.money(props.of.sourceTotal)}; the parts differ from it by{" "}
      {formats.money(props.of.difference)}.
      <Show when={props.of.residuals.length > 0}>
        <ul>
          <For each={props.of.residuals}>
            {({ view, period, difference }) => (
              <li>
                {view}, {formats.month(period)}: {formats.price(moneyNumber(difference), difference.currency)}{" "}
                of rounding
              </li>
            )}
          </For>
        </ul>
      </Show>
    </>
  );
}

function Age(props: { publishedAt: string; now: Date }) {
  const formats = useFormats();
  const age = () => ageText(props.publishedAt, `${props.now.toISOString().slice(0, 19)}Z`);
  const isOld = () => props.now.getTime() - Date.parse(props.publishedAt) > OLD_AFTER;
  return (
    <Show when={isOld()} fallback={`Collected ${age()} ago, ${formats.instant(props.publishedAt)}.`}>
      <strong>The last collection was {age()} ago</strong>, {formats.instant(props.publishedAt)}. Collection
      runs daily: ask the operator of Dapanoskop why it did not run.
    </Show>
  );
}

function CollectionCost(props: { requests: Message["requests"] }) {
  const formats = useFormats();
  const count = () => props.requests.pages + props.requests.other;
  return (
    <Show when={count() > 0} fallback="Nothing: it made no request to AWS.">
      {formats.money(props.requests.price)} for {formats.count(count())} requests to AWS.
    </Show>
  );
}
