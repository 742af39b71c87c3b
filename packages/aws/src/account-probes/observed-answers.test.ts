import { describe, expect, it } from "vitest";
import { observedAnswers } from "./observed-answers.ts";

const NOW = Date.parse("2026-03-08T06:00:00Z");
const answer = (statusCode: unknown, date?: string) => ({ statusCode, headers: { date } });

describe("what answers of AWS show", () => {
  it("is AWS's clock less ours, of the last answer with a date", () => {
    const observed = observedAnswers(() => NOW);
    expect(observed.clockSkew()).toBeNull();
    observed.record(answer(200, "Sun, 08 Mar 2026 06:00:07 GMT"), false);
    expect(observed.clockSkew()).toBe(7_000);
    for (const without of [answer(200), answer(200, "yesterday"), {}, null, undefined])
      observed.record(without, false);
    expect(observed.clockSkew()).toBe(7_000);
    observed.record(answer(403, "Sun, 08 Mar 2026 05:59:58 GMT"), false);
    expect(observed.clockSkew()).toBe(-2_000);
  });

  it("is how many requests succeeded of those that AWS charges for", () => {
    const observed = observedAnswers(() => NOW);
    expect(observed.paid()).toBe(0);
    for (const status of [199, 200, 204, 299, 300, 400, undefined, "200"])
      observed.record(answer(status), true);
    observed.record(answer(200), false);
    expect(observed.paid()).toBe(4);
  });
});
