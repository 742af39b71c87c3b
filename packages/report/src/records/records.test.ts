import type { DayReport } from "@dapanoskop/core/insight/day";
import { parseMoney } from "@dapanoskop/core/money";
import { memoryState, type StateStore } from "@dapanoskop/core/state";
import { describe, expect, it } from "vitest";
import {
  answerAnomaly,
  audienceStart,
  audienceStarts,
  countedAnswers,
  markedRecipients,
  markRecipient,
  maskedAddress,
  reportSummary,
  summaryOf,
} from "./index.ts";

const AT = "2026-04-30T06:00:00Z";

describe("the answers to anomalies", () => {
  it("count for 90 days, confirmed and false ones apart, the later of two", async () => {
    const state = memoryState();
    const answer = (id: string, day: string, one: "confirmed" | "false") =>
      answerAnomaly(state, { id, day, answer: one }, AT);
    expect(await countedAnswers(state, "2026-04-30")).toBeNull();
    await answer("a", "2026-01-30", "confirmed");
    await answer("b", "2026-01-31", "false");
    await answer("c", "2026-04-29", "false");
    await answer("d", "2026-04-30", "false");
    expect(await countedAnswers(state, "2026-04-30")).toEqual({ confirmed: 1, false: 3 });
    expect(await countedAnswers(state, "2026-05-01")).toEqual({ confirmed: 0, false: 3 });
    await answer("d", "2026-04-30", "confirmed");
    expect(await countedAnswers(state, "2026-05-01")).toEqual({ confirmed: 1, false: 2 });
    const records = await state.list("answers");
    expect(records.map(({ expiresAt }) => expiresAt)).toEqual(Array(4).fill("2026-08-28T00:00:00Z"));
  });

  it("of another form do not count", async () => {
    const state = memoryState();
    const put = (sort: string, value: unknown) =>
      state.putIfAbsent({ partition: "answers", sort }, { value, expiresAt: null });
    await put("a", { answer: "perhaps", day: "2026-04-30" });
    await put("b", { answer: "false", day: "2026-04-31" });
    expect(await countedAnswers(state, "2026-04-30")).toBeNull();
  });
});

describe("a recipient whose mail came back", () => {
  const reasonAt = async (state: StateStore, now: string, address = "a@example.com") =>
    (await markedRecipients(state, [address], now))[0]?.reason ?? "none";

  it.each([
    ["bounce", "2026-05-30T06:00:00Z", "2026-05-30T05:59:59Z"],
    ["complaint", "2027-04-30T06:00:00Z", "2027-04-30T05:59:59Z"],
  ] as const)("is left out after a %s until %s", async (reason, until, before) => {
    const state = memoryState();
    await markRecipient(state, " A@Example.com", reason, AT);
    expect([await reasonAt(state, before), await reasonAt(state, until)]).toEqual([reason, "none"]);
    expect(await reasonAt(state, AT, "b@example.com")).toBe("none");
  });

  it("stays left out for the longer time of several marks", async () => {
    const state = memoryState();
    await markRecipient(state, "a@example.com", "bounce", AT);
    await markRecipient(state, "a@example.com", "complaint", AT);
    expect(await reasonAt(state, AT)).toBe("complaint");
    await markRecipient(state, "a@example.com", "bounce", "2026-05-01T06:00:00Z");
    expect(await reasonAt(state, "2027-04-30T05:59:59Z")).toBe("complaint");
  });

  it.each([
    ["jane@example.com", "j…@example.com"],
    ["j@example.com", "j…@example.com"],
    ["a@b@example.com", "a…@example.com"],
    ["@example.com", "…"],
    ["nobody", "…"],
  ])("is shown masked: %s as %s", (address, masked) => expect(maskedAddress(address)).toBe(masked));
});

describe("since when an audience gets reports", () => {
  it.each([
    ["daily", "daily", "2026-03-01"],
    ["daily", "weekly", "2026-03-01"],
    ["daily", "anomalies", "2026-03-01"],
    ["weekly", "daily", "2026-03-09"],
    ["anomalies", "weekly", "2026-03-09"],
    ["weekly", "weekly", "2026-03-01"],
  ] as const)("is kept where its schedule was %s and is %s: %s", async (before, now, since) => {
    const state = memoryState();
    expect(await audienceStart(state, { name: "a", schedule: before }, "2026-03-01")).toBe("2026-03-01");
    expect(await audienceStart(state, { name: "a", schedule: now }, "2026-03-09")).toBe(since);
    expect(await audienceStarts(state)).toEqual([{ name: "a", since, schedule: now }]);
  });

  it("is refused where its record is of another form", async () => {
    const state = memoryState();
    const value = { since: "2026-02-30", schedule: "daily" };
    await state.putIfAbsent({ partition: "audiences", sort: "a" }, { value, expiresAt: null });
    await expect(audienceStarts(state)).rejects.toThrow("The record a of audiences in memory does not say");
  });

  it.each([
    [4, "2026-03-01"],
    [5, "throttled"],
  ])("is written in five attempts: %i are refused", async (refused, outcome) => {
    const memory = memoryState();
    let writes = 0;
    const state: StateStore = {
      ...memory,
      async putIfAbsent(...args) {
        writes += 1;
        return writes > refused ? memory.putIfAbsent(...args) : { outcome: "refused" };
      },
    };
    const found = audienceStart(state, { name: "a", schedule: "daily" }, "2026-03-01");
    expect([await found.catch(({ failure }) => failure), writes]).toEqual([outcome, 5]);
  });
});

describe("what a record keeps of a report", () => {
  const anomaly = (id: string, name = "Web") => ({ id, scope: { name } });
  const report = (own: object) =>
    ({
      date: "2026-03-01",
      asked: "2026-03-02",
      total: parseMoney("10.5", "EUR"),
      currency: "EUR",
      anomalies: [],
      ...own,
    }) as unknown as DayReport;
  const scope = { metric: "UnblendedCost", costCenters: ["Web", "Ops"] } as const;

  it("is its day, total, scope and anomalies", () => {
    expect(reportSummary(report({ anomalies: [anomaly("1")] }), scope)).toEqual({
      day: "2026-03-01",
      total: "10.5",
      currency: "EUR",
      metric: "UnblendedCost",
      cost_centers: ["Web", "Ops"],
      anomalies: [{ id: "1", name: "Web" }],
    });
    const unknown = reportSummary(report({ date: null, total: null }), { ...scope, costCenters: null });
    expect(unknown).toMatchObject({ day: "2026-03-02", total: null, cost_centers: null });
  });

  it("is of 50 anomalies at most, with 120 characters of their names", () => {
    const anomalies = Array.from({ length: 51 }, (_, at) => anomaly(`${at}`, "x".repeat(121)));
    const kept = reportSummary(report({ anomalies }), scope).anomalies;
    expect([kept.length, kept.at(-1)?.id, kept[0]?.name.length]).toEqual([50, "49", 120]);
  });

  it.each([
    [{}, true],
    [{ total: null }, true],
    [{ total: `-${"9".repeat(20)}.${"9".repeat(12)}` }, true],
    [{ total: "9".repeat(21) }, false],
    [{ total: `1.${"9".repeat(13)}` }, false],
    [{ currency: "euro" }, false],
    [{ day: "2026-02-30" }, false],
    [{ cost_centers: null }, true],
    [{ cost_centers: "Web" }, false],
    [{ anomalies: [{ id: 1, name: "" }] }, false],
  ])("is read where it is of this form: %j is %s", (own, isRead) => {
    const summary = { day: "2026-03-01", total: "1", currency: "EUR", anomalies: [], ...own };
    expect(summaryOf({ summary } as never) !== null).toBe(isRead);
  });
});
