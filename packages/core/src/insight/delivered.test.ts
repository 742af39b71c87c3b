import { describe, expect, it } from "vitest";
import { deliveredSentence, isLate, throughParts } from "./delivered.ts";
import { plainFigures } from "./render/index.ts";
import { partText, sentenceText } from "./sentence.ts";
import { aMonth, type MonthSpec } from "./testing/index.ts";

const sentence = (deliveredThrough: string | null, spec: MonthSpec = {}) => {
  const said = deliveredSentence(aMonth(spec, { deliveredThrough }));
  return said && sentenceText(said, plainFigures, (name) => name);
};

describe("days that are not delivered", () => {
  it("are none where yesterday is complete, or all of a closed month", () => {
    expect([sentence("2026-03-07"), sentence("2026-02-28", { period: "2026-02" })]).toEqual([null, null]);
    expect(throughParts(aMonth())).toEqual([]);
  });

  it("are said by the last complete day, with what is compared", () => {
    expect(sentence("2026-03-05")).toBe(
      "Delivered through Mar 5: the newest days are not delivered yet. Comparisons and the forecast count the complete days.",
    );
    expect(sentence("2026-02-20", { period: "2026-02" })).toBe(
      "Delivered through Feb 20: the newest days are not delivered yet. The month is not compared as a whole one.",
    );
    const parts = throughParts(aMonth({}, { deliveredThrough: "2026-03-05" }));
    expect(parts.map((part) => partText(part, plainFigures, (name) => name)).join("")).toBe("through Mar 5");
  });

  it("are some where a single day lacks", () => {
    expect(isLate(aMonth({}, { deliveredThrough: "2026-03-06" }))).toBe(true);
    expect(isLate(aMonth({}, { deliveredThrough: "2026-03-07" }))).toBe(false);
    expect(isLate(aMonth({ period: "2026-02" }, { deliveredThrough: "2026-02-27" }))).toBe(true);
  });

  it("may be all of them", () => {
    expect(isLate(aMonth({}, { deliveredThrough: null }))).toBe(true);
    expect(sentence(null)).toBe("No day of March is delivered in full yet, so nothing is compared.");
  });
});
