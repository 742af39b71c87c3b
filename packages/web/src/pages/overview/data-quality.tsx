import type { Instant } from "@dapanoskop/core/calendar";
import {
  ageText,
  type MonthReport,
  reconciliationSentence,
  requestsSentence,
  residualSentence,
  sourceSentence,
} from "@dapanoskop/core/insight";
import { For, type JSX, Show } from "solid-js";
import { hrefOf } from "../../address/address.ts";
import { hasScript } from "../../parts/has-script.ts";
import { Section } from "../../parts/section.tsx";
import { SentenceText } from "../../parts/sentence-text.tsx";
import { Term } from "../../parts/term.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import css from "./data-quality.module.css";
import { ReportNotes } from "./report-notes.tsx";
import { SaveCoverage } from "./save-coverage.tsx";
import { TaggingCoverage } from "./tagging-coverage.tsx";

/**
 * How far the figures can be trusted: tagging, reconciliation, age, notes, and what their collection cost.
 * @param props.now the reader's time; `null` leaves out how long ago the figures were collected
 */
export function DataQuality(props: { report: MonthReport; now: Instant | null }) {
  let drawing: SVGSVGElement | undefined;
  const figures = () => props.report.figures;
  return (
    <Section
      title="Can I trust these figures?"
      actions={
        <>
          <Show when={hasScript}>
            <a href={hrefOf("/published", figures().month)}>Every published month</a>
          </Show>
          <SaveCoverage figures={figures()} drawing={() => drawing} />
        </>
      }
    >
      <div class={css.layout}>
        <TaggingCoverage
          coverage={figures().coverage}
          drawing={(svg) => {
            drawing = svg;
          }}
        />
        <dl class={css.facts}>
          <Fact word="Source">
            <SentenceText of={sourceSentence(figures())} />
          </Fact>
          <Fact word={<Term of="reconciled" />}>
            <Reconciliation of={figures()} />
          </Fact>
          <Fact word="Freshness">
            <Age publishedAt={figures().publishedAt} now={props.now} />
            <Show when={!figures().isEstimated && figures().source?.kind === "Cost Explorer"}>
              {" "}
              AWS no longer calls these figures estimates.
            </Show>
          </Fact>
          <Show when={props.report.notes.length > 0}>
            <Fact word="Notes">
              <ReportNotes notes={props.report.notes} />
            </Fact>
          </Show>
          <Show when={figures().requests.pages + figures().requests.other > 0}>
            <Fact word={<Term of="collection">What the last collection of this month cost</Term>}>
              <SentenceText of={[...requestsSentence(figures().requests), "."]} />
            </Fact>
          </Show>
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

function Reconciliation(props: { of: MonthReport["figures"] }) {
  return (
    <>
      <SentenceText of={reconciliationSentence(props.of)} />
      <Show when={props.of.reconciliation.residuals.length > 0}>
        <ul>
          <For each={props.of.reconciliation.residuals}>
            {(residual) => (
              <li>
                <SentenceText of={residualSentence(residual)} />
              </li>
            )}
          </For>
        </ul>
      </Show>
    </>
  );
}

function Age(props: { publishedAt: Instant; now: Instant | null }) {
  const formats = useFormats();
  return (
    <>
      Collected <Show when={props.now}>{(now) => `${ageText(props.publishedAt, now())} ago, `}</Show>
      {formats.instant(props.publishedAt)}.
    </>
  );
}
