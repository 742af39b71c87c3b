import {
  type MonthReport,
  monthReport,
  reconciliationSentence,
  requestsSentence,
  residualSentence,
  type Sentence,
  sentenceText,
  sourceSentence,
} from "@dapanoskop/core/insight";
import { plainFigures, renderJson, renderText } from "@dapanoskop/core/insight/render";
import { visible } from "@dapanoskop/core/text";
import {
  indexSchema,
  type MonthDocuments,
  monthFigures,
  parseDocument,
  summarySchema,
  trendFigures,
  trendSchema,
} from "@dapanoskop/dataset";
import { cleanup, screen } from "@solidjs/testing-library";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aReader, renderPage } from "../../testing/render-page.tsx";

const NOW = "2026-04-20T06:00:00Z";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse(NOW) });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** The published JSON files of all golden cases, by path. The page's tests read no folder. */
const golden = import.meta.glob<string>("../../../../dataset/golden/*/published/**/*.json", {
  eager: true,
  query: "?raw",
  import: "default",
});
const publishedIn = (name: string) => `../../../../dataset/golden/${name}/published/`;
const cases = Object.keys(golden).flatMap(
  (path) => /golden\/([^/]+)\/published\/index\.json$/.exec(path)?.[1] ?? [],
);

/** Every month of every golden case, as its published documents. */
const months = cases.flatMap((name) => {
  const bytes = (key: string) => new TextEncoder().encode(golden[publishedIn(name) + key] ?? "");
  const index = parseDocument(indexSchema, "index.json", bytes("index.json"));
  const trend = parseDocument(trendSchema, "trend.json", bytes("trend.json"));
  return index.periods.map((period): [string, string, MonthDocuments] => {
    const key = index.snapshot[period]?.files["summary.json"]?.key ?? "";
    return [name, period, { index, trend, summary: parseDocument(summarySchema, key, bytes(key)) }];
  });
});

const reportOf = (documents: MonthDocuments): MonthReport =>
  monthReport(monthFigures(documents), trendFigures(documents.trend), NOW);

/** The sentences of a month's report. */
const sentencesOf = ({ reason, notes, figures }: MonthReport): readonly Sentence[] => [
  reason,
  sourceSentence(figures),
  ...notes.map(({ sentence }) => sentence),
  reconciliationSentence(figures),
  ...figures.reconciliation.residuals.map(residualSentence),
  ...(figures.requests.pages + figures.requests.other > 0 ? [requestsSentence(figures.requests)] : []),
];

const plain = (sentence: Sentence) => sentenceText(sentence, plainFigures, (name) => visible(name, 40));
const oneLine = (text: string) => text.replaceAll(/\s+/g, " ");
/** The page writes a currency's sign where English has one, the terminal its code. */
const asPage = (text: string) => oneLine(text).replaceAll("EUR ", "€");

it("has golden months to read, closed and running ones", () => {
  expect(new Set(months.map(([, , { summary }]) => summary.is_mtd)).size).toBe(2);
  expect(months.length).toBeGreaterThan(10);
});

describe.each(months)("the sentences of %s, %s", (_, period, documents) => {
  const report = reportOf(documents);

  it("are the same on the page as in the terminal and in JSON", async () => {
    const sentences = sentencesOf(report).map(plain);
    expect(sentences.length).toBeGreaterThan(2);
    const terminal = oneLine(renderText(report));
    for (const sentence of sentences) expect(terminal).toContain(oneLine(sentence));
    const json = JSON.parse(renderJson(report)) as { headline: string; notes: string[] };
    expect(json.notes).toHaveLength(report.notes.length);

    renderPage(
      `/?period=${period}`,
      aReader(documents, {
        index: async () => documents.index,
        trend: async () => documents.trend,
        summary: async () => documents.summary,
      }),
    );
    await screen.findByRole("heading", { name: "Can I trust these figures?" });
    const page = oneLine(document.body.textContent ?? "");
    for (const sentence of sentences) expect(page).toContain(asPage(sentence));
  });
});
