import type { Anomaly } from "@dapanoskop/core/anomaly";
import { type DayReportDocument, renderDayReport } from "@dapanoskop/core/insight/day";
import { aDayReport } from "@dapanoskop/core/insight/day/testing";
import { plainFigures } from "@dapanoskop/core/insight/render";
import { parseMoney } from "@dapanoskop/core/money";
import type { RenderedMessage } from "@dapanoskop/core/sending";
import { displayWidth } from "@dapanoskop/core/text";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shownName } from "../packages/core/src/insight/day/render/shown.ts";
import { hostileNames } from "./support/hostile-names.ts";
import {
  attributesOf,
  htmlElements,
  htmlPairs,
  type ShownFigure,
  slackPairs,
  textPairs,
} from "./support/message-pairs.ts";

// A report of a day goes out as plain text, HTML mail, Slack blocks and JSON: the forms are read back and compared.

const usd = (amount: number) => parseMoney(amount.toFixed(12), "USD");

/** A report in which every name stands in every place that a name can have. */
function reportWith(names: readonly string[], costs: readonly number[]) {
  const costAt = (at: number, by: number) => costs[(at + by) % Math.max(1, costs.length)] ?? 1;
  const series = names.map((name, at) => ({
    name,
    costs: (day: string) => costAt(at, day === "2026-01-14" ? 1 : 0),
  }));
  const anomalies = names.slice(0, 5).map(
    (name, at): Anomaly => ({
      id: `000000000000000${at}`,
      scope: { kind: "usage type", service: name, name },
      day: "2026-01-14",
      since: "2026-01-13",
      cost: usd(costAt(at, 2)),
      expected: usd(1),
      excess: usd(costAt(at, 2) - 1),
      cause: "price",
      rows: names.map((row) => ({ name: row, cost: usd(2), expected: usd(1), excess: usd(1) })),
    }),
  );
  return aDayReport(
    {
      services: series,
      costCenters: series,
      usageTypes: series.map((one) => ({
        ...one,
        service: one.name,
        usageType: one.name,
        unit: "Hrs",
        quantities: 3,
      })),
      workloads: series.map((one) => ({ ...one, costCenter: one.name })),
    },
    {
      anomalies,
      said: { date: "2026-01-13", total: usd(costAt(0, 3)), at: "2026-01-14T08:00:00Z" },
      sourceForecast: usd(12),
    },
  );
}

const titlesIn = (json: DayReportDocument) => [...new Set(json.pairs.map(({ section }) => section))];

/** The pairs of JSON as a person reads them: names made harmless, amounts with their currency. */
function jsonPairs(json: DayReportDocument, names: ReadonlySet<string>): readonly ShownFigure[] {
  return json.pairs.map(({ section, label, amount }) => {
    const cents = amount === null ? null : BigInt(Math.round(amount * 100));
    const write = section === "Unusual costs" ? plainFigures.signed : plainFigures.units;
    return {
      section,
      label: names.has(label) ? shownName(label) : label,
      amount: cents === null ? "unknown" : write(cents, "USD"),
    };
  });
}

const slackTexts = ({ slack }: RenderedMessage) =>
  slack.blocks.map(
    (block) => (block as { readonly text: { readonly type: string; readonly text: string } }).text,
  );

const withoutBackticks = (pairs: readonly ShownFigure[]) =>
  pairs.map((pair) => ({ ...pair, label: pair.label.replaceAll("`", "\u02cb") }));

function expectSamePairs(message: RenderedMessage, names: ReadonlySet<string>): void {
  const json = message.json as DayReportDocument;
  const expected = jsonPairs(json, names);
  expect(expected.length).toBeGreaterThan(5);
  expect(textPairs(message, titlesIn(json))).toEqual(expected);
  expect(htmlPairs(message)).toEqual(expected);
  expect(slackPairs(message, titlesIn(json))).toEqual(withoutBackticks(expected));
}

const anyName = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.constantFrom(...hostileNames),
);
const anyCost = fc.oneof(
  fc.double({ min: -1e4, max: 1e6, noNaN: true }),
  fc.constantFrom(0, 0.004, -0.004, 0.005, 1 / 3, 1e9),
);

describe("the forms of a report", () => {
  it("have the same pairs of label and amount, whatever the names and figures", () => {
    void fc.assert(
      fc.property(
        fc.uniqueArray(anyName, { minLength: 1, maxLength: 14 }),
        fc.array(anyCost, { minLength: 1, maxLength: 15 }),
        (names, costs) => expectSamePairs(renderDayReport(reportWith(names, costs)), new Set(names)),
      ),
      { numRuns: 60 },
    );
  });

  it("have lists that add up to their total, as displayed", () => {
    void fc.assert(
      fc.property(fc.array(anyCost, { minLength: 1, maxLength: 40 }), (costs) => {
        const names = costs.map((_, at) => `s${at}`);
        const { pairs } = renderDayReport(reportWith(names, costs)).json as DayReportDocument;
        const cents = (title: string) =>
          pairs
            .filter(({ section }) => section === title)
            .reduce((all, { amount }) => all + Math.round((amount ?? Number.NaN) * 100), 0);
        for (const words of ["the day", "the month so far"]) {
          const total = pairs.find(({ section }) => section.toLowerCase() === words)?.amount ?? null;
          for (const list of ["Services", "Cost centers", "Charges"]) {
            expect(cents(`${list} of ${words}`)).toBe(Math.round((total ?? Number.NaN) * 100));
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("three hundred hostile names", () => {
  const groups = Array.from({ length: 30 }, (_, at) => hostileNames.slice(at * 10, at * 10 + 10));
  const messages = groups.map((names) => ({
    names,
    message: renderDayReport(reportWith(names, [10.5, 20.25, 30.125])),
  }));
  const plain = renderDayReport(
    reportWith(
      Array.from({ length: 10 }, (_, at) => `name ${at}`),
      [10.5, 20.25, 30.125],
    ),
  );

  it("are three hundred", () => {
    expect(new Set(hostileNames).size).toBe(300);
  });

  it("come back as the same pairs from every form", () => {
    for (const { names, message } of messages) expectSamePairs(message, new Set(names));
  });

  it("make no tag and no attribute of the mail: its elements are those of a mail with ordinary names", () => {
    const shape = (html: string) =>
      htmlElements(html)
        .filter(({ tagName }) => tagName !== "wbr")
        .map((element) => `${element.tagName} ${Object.keys(attributesOf(element)).join(" ")}`)
        .sort();
    const usual = new Set(shape(plain.html));
    for (const { message } of messages) {
      expect(shape(message.html).filter((each) => !usual.has(each))).toEqual([]);
    }
  });

  it("make no address: the mail's only one is the dashboard's, pinned to the month", () => {
    for (const { message } of messages) {
      const addresses = htmlElements(message.html).flatMap((element) =>
        Object.entries(attributesOf(element)).filter(([name]) =>
          /^(href|src|action|background|srcset)$/.test(name),
        ),
      );
      expect(addresses).toEqual([["href", "https://costs.example.org/?period=2026-01"]]);
      expect(message.html.replaceAll("https://costs.example.org/", "")).not.toMatch(/:\/\/|url\(/);
      expect(message.text.replace("https://costs.example.org/", "")).not.toContain("://");
    }
  });

  it("make no header: a subject is one line without controls, also where it names cost centers and a provider", () => {
    for (const name of hostileNames) {
      const { figures: _, ...own } = { figures: null, audience: { name: "team", costCenters: [name, "b"] } };
      const { subject } = renderDayReport(aDayReport({ costCenters: [{ name, costs: 3 }] }, own));
      expect(subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]|[\u202a-\u202e\u2066-\u2069]/u);
      expect(subject.length).toBeLessThan(400);
    }
  });

  it("mention nobody in Slack, and link nothing there", () => {
    for (const { message } of messages) {
      const texts = [message.slack.text, ...slackTexts(message).map(({ text }) => text)];
      const [link, ...others] = texts.reverse();
      expect(link).toBe("<https://costs.example.org/?period=2026-01|January 2026 in Dapanoskop>");
      for (const text of others) {
        expect(text).not.toMatch(/[<>]|&(?!(amp|lt|gt);)|:\/\//);
      }
    }
  });

  it("end no code block of Slack: it has one or none in each text that Slack formats", () => {
    for (const { message } of messages) {
      for (const { type, text } of slackTexts(message)) {
        if (type === "mrkdwn") expect([1, 3]).toContain(text.split("```").length);
      }
    }
  });

  it("stay within the limits of Slack, of a terminal and of a mail that Gmail shows whole", () => {
    for (const { message } of messages) {
      expect(message.slack.blocks.length).toBeLessThanOrEqual(50);
      for (const block of message.slack.blocks) {
        const { type, text } = block as { readonly type: string; readonly text: { readonly text: string } };
        expect(text.text.length).toBeGreaterThan(0);
        expect(text.text.length).toBeLessThanOrEqual(type === "header" ? 150 : 3000);
      }
      for (const line of message.text.split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(100);
      expect(message.text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      expect(Buffer.byteLength(message.html)).toBeLessThan(100_000);
    }
  });
});
