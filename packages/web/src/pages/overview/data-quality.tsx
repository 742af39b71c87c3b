import { eventMonth } from "@dapanoskop/core/calendar";
import { moneyFromNumber, moneyNumber } from "@dapanoskop/core/money";
import type { IndexDocument, Summary } from "@dapanoskop/dataset";
import { ageText, changeOf, type Message } from "@dapanoskop/dataset/report";
import { For, type JSX, Show } from "solid-js";
import { hrefOf } from "../../address/address.ts";
import { standaloneSvg } from "../../chart/export-svg.ts";
import button from "../../parts/button.module.css";
import { download, fileName } from "../../parts/download.ts";
import { Section } from "../../parts/section.tsx";
import { Term } from "../../parts/term.tsx";
import { csvText } from "../../table/csv.ts";
import { useFormats } from "../../words/formats-context.tsx";
import css from "./data-quality.module.css";

/** The daily run is missing when figures are older than a day and a half. */
const OLD_AFTER = 36 * 3_600_000;

/** Can I trust it? What is tagged, whether the parts are AWS's own total, how fresh it is, and what it cost. */
export function DataQuality(props: { index: IndexDocument; summary: Summary; message: Message; now: Date }) {
  const formats = useFormats();
  const now = () => `${props.now.toISOString().slice(0, 19)}Z`;
  const age = () => ageText(props.index.published_at, now());
  const isOld = () => props.now.getTime() - Date.parse(props.index.published_at) > OLD_AFTER;
  const reconciliation = () => props.message.reconciliation;
  const requests = () => props.message.requests;
  let drawing: SVGSVGElement | undefined;
  const file = (ending: string) => fileName("dapanoskop", props.summary.period, `tagging.${ending}`);
  const saveDrawing = () => {
    if (drawing !== undefined)
      download(
        file("svg"),
        "image/svg+xml",
        standaloneSvg(
          drawing,
          "Tagging coverage",
          sharesOf(props.message.coverage).map(({ kind, word, cost }) => ({
            text: `${word}: ${formats.money(cost)}`,
            shape: `[data-kind="${kind}"]`,
          })),
        ),
      );
  };
  const saveFigures = () => {
    const rows = sharesOf(props.message.coverage).map(({ word, cost }) => [word, moneyNumber(cost)]);
    download(file("csv"), "text/csv", csvText([["tagging", `cost (${props.summary.currency})`], ...rows]));
  };
  return (
    <Section
      title="Can I trust it?"
      actions={
        <>
          <a href={hrefOf("/published", props.summary.period)}>Every published month</a>
          <button type="button" class={button.quiet} onClick={saveFigures}>
            CSV
          </button>
          <button type="button" class={button.quiet} onClick={saveDrawing}>
            SVG
          </button>
        </>
      }
    >
      <div class={css.layout}>
        <Coverage
          coverage={props.message.coverage}
          drawing={(svg) => {
            drawing = svg;
          }}
        />
        <dl class={css.facts}>
          <Fact word={<Term of="reconciled" />}>
            AWS's own total is {formats.money(reconciliation().sourceTotal)}; the parts differ from it by{" "}
            {formats.money(reconciliation().difference)}.
            <Show when={reconciliation().residuals.length > 0}>
              <ul>
                <For each={reconciliation().residuals}>
                  {({ view, period, difference }) => (
                    <li>
                      {view}, {formats.month(period)}:{" "}
                      {formats.price(Number(difference.units) / 1e12, difference.currency)} of rounding
                    </li>
                  )}
                </For>
              </ul>
            </Show>
          </Fact>
          <Fact word="Freshness">
            <Show
              when={isOld()}
              fallback={`Collected ${age()} ago, ${formats.instant(props.index.published_at)}.`}
            >
              <strong>The last collection was {age()} ago</strong>,{" "}
              {formats.instant(props.index.published_at)}. It runs daily: ask whoever keeps it why it does
              not.
            </Show>{" "}
            {props.summary.estimated
              ? "AWS still calls these figures estimates and may revise them."
              : "AWS no longer calls these figures estimates."}
            <Restated index={props.index} summary={props.summary} />
          </Fact>
          <Fact word={<Term of="collection">What the last collection of this month cost</Term>}>
            <Show
              when={requests().pages + requests().other > 0}
              fallback="Nothing: it asked AWS for no page."
            >
              {formats.money(requests().price)} for {formats.count(requests().pages + requests().other)}{" "}
              requests to AWS.
            </Show>
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

/** While a month runs its total grows daily: only what was collected of the closed month can be restated. */
function Restated(props: { index: IndexDocument; summary: Summary }) {
  const formats = useFormats();
  const before = () =>
    props.summary.is_mtd
      ? undefined
      : props.index.snapshot[props.summary.period]?.restated.findLast(
          ({ as_of }) => eventMonth(as_of) > props.summary.period,
        );
  const money = (amount: number) => moneyFromNumber(amount, props.summary.currency);
  return (
    <Show when={before()}>
      {(earlier) => {
        const change = () =>
          changeOf(money(props.summary.totals.current_cost_usd), money(earlier().total_cost_usd));
        return (
          <Show when={change().direction !== "unchanged"}>
            {" "}
            <Term of="restated" />: it read {formats.money(money(earlier().total_cost_usd))} on{" "}
            {formats.day(earlier().as_of)}, {formats.changeAmount(change())} since.
          </Show>
        );
      }}
    </Show>
  );
}

/** The three shares of a month by tagging, and where each stands in a bar of 100. */
function sharesOf({ tagged, untagged, untaggable }: Message["coverage"]) {
  const named = [
    { kind: "tagged", word: "Tagged", cost: tagged },
    { kind: "untagged", word: "Untagged", cost: untagged },
    { kind: "untaggable", word: "Cannot be tagged", cost: untaggable },
  ];
  // Credits make a share negative: a bar has no room for that, its figure stands below.
  const sizes = named.map(({ cost }) => Math.max(0, moneyNumber(cost)));
  const whole = sizes.reduce((all, size) => all + size, 0) || 1;
  return named.map((part, at) => ({
    ...part,
    x: (100 * sizes.slice(0, at).reduce((all, size) => all + size, 0)) / whole,
    width: (100 * (sizes[at] ?? 0)) / whole,
  }));
}

/** Three shares of one bar, and their figures as text. */
function Coverage(props: { coverage: Message["coverage"]; drawing: (svg: SVGSVGElement) => void }) {
  const formats = useFormats();
  const parts = () => sharesOf(props.coverage);
  return (
    <div>
      <p class={css.coverage}>
        <span class={css.share}>{formats.percent(props.coverage.percentage)}</span> <Term of="coverage" />
      </p>
      <svg
        ref={props.drawing}
        class={css.bar}
        viewBox="0 0 100 8"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <For each={parts()}>
          {({ kind, x, width }) => (
            <rect data-kind={kind} x={x} width={Math.max(0, width - 0.3)} height="8" />
          )}
        </For>
      </svg>
      <ul class={css.legend}>
        <For each={parts()}>
          {({ kind, word, cost }) => (
            <li>
              <svg viewBox="0 0 12 12" aria-hidden="true">
                <rect data-kind={kind} width="12" height="12" rx="2" />
              </svg>
              <span>{word}</span>
              <span>{formats.money(cost)}</span>
            </li>
          )}
        </For>
      </ul>
    </div>
  );
}
