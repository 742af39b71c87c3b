import { windowText } from "@dapanoskop/core/calendar";
import { amountText, bytesText, percentageText, roundedText, signedAmountText } from "./amounts.ts";
import { type Change, changeAmountText, changePercentText } from "./change.ts";
import type { Message } from "./message.ts";
import { instantText, monthText, shortly } from "./period-words.ts";
import {
  coverageSentence,
  exactText,
  knownText,
  reconciliationSentence,
  requestsText,
  viewText,
} from "./text.ts";
import { visible } from "./visible.ts";
import type { Words } from "./words.ts";

/** Where a rendered page finds its style; addresses of our own origin, never from the bill. */
export interface HtmlPlaces {
  readonly stylesheet: string;
  /** The address of another month's page. */
  readonly periodHref: (period: string) => string;
}

/** Harmless markup: made by `html` and `text` only. */
interface Markup {
  readonly markup: string;
}

/** A month as a plain page: no script, no style in the markup, so that the strictest policy can hold. */
export function renderHtml(message: Message, places: HtmlPlaces): string {
  const title = `Dapanoskop · ${message.periodText}`;
  return page(title, places, [
    html`<h1>${title}</h1>`,
    html`<p class="total"><strong>${amountText(message.total)}</strong>${message.isRunning ? " so far" : ""}${
      message.forecast ? `, heading for ${amountText(message.forecast.total)}` : ""
    }</p>`,
    html`<p>${words(message.reason)}</p>`,
    ...message.notes.map((note) => html`<p class="note">${words(note)}</p>`),
    totals(message),
    centers(message),
    movers(message),
    storage(message),
    html`<h2>Tagging</h2><p>${coverageSentence(message.coverage)}</p>`,
    html`<h2>Can I trust it?</h2><p>${reconciliationSentence(message)}</p>`,
    list(
      message.reconciliation.residuals.map(
        ({ view, period, difference }) =>
          html`${viewText(view)}, ${monthText(period)}: off by ${exactText(difference)}`,
      ),
    ),
    html`<p>Collected ${instantText(message.collectedAt)}, ${message.metric} in ${message.currency}, ${requestsText(message)}.</p>`,
    months(message, places),
  ]);
}

/** A page that says one thing: no data yet, not found. */
export const renderSentencePage = (title: string, sentences: readonly Words[], stylesheet: string): string =>
  page(title, { stylesheet, periodHref: () => "" }, [
    html`<h1>${title}</h1>`,
    ...sentences.map((sentence) => html`<p>${words(sentence)}</p>`),
  ]);

/** The style of the plain pages. */
export const stylesheet = `:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.2rem; } h2 { font-size: 1rem; margin-top: 2rem; }
.total strong { font-size: 2.2rem; }
.note { border-inline-start: 0.25rem solid; padding-inline-start: 0.75rem; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: 0.2rem 0.5rem; text-align: start; font-weight: normal; overflow-wrap: anywhere; }
thead th { border-bottom: 1px solid; font-size: 0.85rem; }
td, thead th + th { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
tr.center th, tr.center td { font-weight: bold; }
tr.workload th { padding-inline-start: 1.75rem; }
.scroll { overflow-x: auto; }
`;

function totals(message: Message): Markup {
  const { comparisons, forecast, threeMonthAverage, isRunning, window, period } = message;
  return section(
    "Totals",
    ["", "cost", "difference", ""],
    [
      row(
        text(isRunning ? shortly(windowText(window)) : monthText(period)),
        [amountText(message.total), "", ""],
        "center",
      ),
      ...comparisons.map(({ kind, label, cost, change, window: compared }) =>
        row(
          text(
            kind === "prior_partial"
              ? `${label}, ${shortly(windowText(compared))}`
              : isRunning
                ? `${label}, the whole month`
                : label,
          ),
          [knownText(cost), ...(change === null ? ["", ""] : changeCells(change))],
        ),
      ),
      ...(forecast === undefined
        ? []
        : [
            row(
              text(`Forecast for ${monthText(period)}`),
              forecast === null
                ? ["unavailable", "", ""]
                : [amountText(forecast.total), ...changeCells(forecast.change)],
            ),
          ]),
      ...(threeMonthAverage === null
        ? []
        : [row(text("Average of these three months"), [amountText(threeMonthAverage), "", ""])]),
    ],
  );
}

function centers({ centers: all, against, currency }: Message): Markup {
  return section(
    `Cost centers, against ${shortly(against)}`,
    ["", "cost", "change", "", "own", "moved in or out"],
    [
      ...all.flatMap((center) => [
        row(
          name(center.name),
          [
            roundedText(center.shown, currency),
            ...changeCells(center.change),
            amountText(center.direct),
            signedAmountText(center.allocated),
          ],
          "center",
        ),
        ...center.workloads.map((workload) =>
          row(
            name(workload.name),
            [roundedText(workload.shown, currency), ...changeCells(workload.change), "", ""],
            "workload",
          ),
        ),
      ]),
    ],
  );
}

function movers({ movers: all, against }: Message): Markup {
  return section(
    `What moved, against ${shortly(against)}`,
    ["", "cost", "change", ""],
    [
      ...all
        .slice(0, 20)
        .map((mover) => row(name(mover.name), [amountText(mover.current), ...changeCells(mover.change)])),
    ],
  );
}

function storage({ storage: figures }: Message): Markup {
  const bytes = (count: number | null) => (count === null ? "unknown" : bytesText(count));
  return section(
    `Storage (${figures.counted})`,
    ["", "now", "before"],
    [
      row(text("Cost"), [knownText(figures.cost), knownText(figures.previous)]),
      row(text("Volume"), [bytes(figures.volumeBytes), bytes(figures.previousVolumeBytes)]),
      row(text("In hot tiers"), [
        percentageText(figures.hotPercentage),
        percentageText(figures.previousHotPercentage),
      ]),
      row(text("Cost of a TB for a month"), [
        knownText(figures.costPerTb),
        knownText(figures.previousCostPerTb),
      ]),
      ...figures.tiers.map((tier) =>
        row(html`${name(tier.service)} ${name(tier.tier)}`, [amountText(tier.cost), bytes(tier.volumeBytes)]),
      ),
    ],
  );
}

function months({ months: all, period: shown }: Message, { periodHref }: HtmlPlaces): Markup {
  return section(
    "Months",
    ["", "total", "three-month average"],
    [
      ...all
        .toReversed()
        .map(({ period, total, threeMonthAverage, isRunning }) =>
          row(
            html`<a href="${periodHref(period)}">${monthText(period)}</a>${isRunning ? " so far" : ""}`,
            [amountText(total), threeMonthAverage === null ? "–" : amountText(threeMonthAverage)],
            period === shown ? "center" : "",
          ),
        ),
    ],
  );
}

const changeCells = (change: Change) => [changeAmountText(change), changePercentText(change)];

function section(title: string, columns: readonly string[], rows: readonly Markup[]): Markup {
  const heads = join(columns.map((column) => html`<th scope="col">${column}</th>`));
  const body =
    rows.length === 0
      ? html`<p>None.</p>`
      : html`<div class="scroll"><table><thead><tr>${heads}</tr></thead><tbody>
${join(rows)}</tbody></table></div>`;
  return html`<section><h2>${title}</h2>
${body}</section>`;
}

const row = (head: Markup, cells: readonly string[], kind = "") =>
  html`<tr class="${kind}"><th scope="row">${head}</th>${join(cells.map((cell) => html`<td>${cell}</td>`))}</tr>
`;

const list = (items: readonly Markup[]): Markup =>
  items.length === 0 ? { markup: "" } : html`<ul>${join(items.map((item) => html`<li>${item}</li>`))}</ul>`;

function page(title: string, { stylesheet: href }: HtmlPlaces, body: readonly Markup[]): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${href}">
</head>
<body>
<main>
${join(
  body.map(
    (part) => html`${part}
`,
  ),
)}</main>
</body>
</html>
`.markup;
}

/** A name from the bill: set apart, so that its direction does not turn the line. */
const name = (raw: string): Markup => html`<bdi>${visible(raw)}</bdi>`;

const words = (sentence: Words): Markup =>
  join(sentence.map((word) => (typeof word === "string" ? text(word) : name(word.name))));

const text = (raw: string): Markup => ({ markup: escapeHtml(raw) });

const join = (parts: readonly Markup[]): Markup => ({ markup: parts.map(({ markup }) => markup).join("") });

/** Markup with everything put into it escaped, unless it is markup already. */
function html(parts: TemplateStringsArray, ...values: readonly (string | Markup)[]): Markup {
  return {
    markup: parts.reduce((done, part, at) => {
      const value = values[at - 1] ?? "";
      return done + (typeof value === "string" ? escapeHtml(value) : value.markup) + part;
    }),
  };
}

const ENTITIES = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

/** Text as HTML shows it, in elements and in quoted attributes. */
export const escapeHtml = (raw: string): string =>
  raw.replace(/[&<>"']/g, (character) => ENTITIES.get(character) ?? "");
