import type { IndexDocument } from "@dapanoskop/dataset";
import { describe, expect, it } from "vitest";
import { defaultConfig } from "../options/index.ts";
import { batchesOf } from "./batch.ts";
import { freshMonths, monthsToCollect } from "./months-to-collect.ts";

const CONFIG = "c".repeat(64);
const event = (at: string, backfill = 0) => ({ at, backfill, force: false });

describe("the months of an event", () => {
  it("are the running one and the last closed one, on a first run too", () => {
    expect(monthsToCollect(event("2026-03-08T06:00:00Z"), null, CONFIG)).toEqual(["2026-03", "2026-02"]);
  });

  it("are only closed ones on the 1st, when nothing of the month has passed", () => {
    expect(monthsToCollect(event("2026-01-01T06:00:00Z"), null, CONFIG)).toEqual(["2025-12"]);
  });

  it("contain the last closed month until the 10th, afterwards when its snapshot is seven days old", () => {
    const published = anIndex({ "2026-02": "2026-03-09T06:00:00Z" });
    expect(monthsToCollect(event("2026-03-10T06:00:00Z"), published, CONFIG)).toContain("2026-02");
    expect(monthsToCollect(event("2026-03-11T06:00:00Z"), published, CONFIG)).toEqual(["2026-03"]);
    expect(monthsToCollect(event("2026-03-16T06:00:00Z"), published, CONFIG)).toContain("2026-02");
  });

  it("contain the last closed month when it was computed under another configuration", () => {
    const published = anIndex({ "2026-02": "2026-03-11T06:00:00Z" });
    expect(monthsToCollect(event("2026-03-12T06:00:00Z"), published, "d".repeat(64))).toContain("2026-02");
  });

  it("contain a month that was published while running and has closed, and months that are missing in between", () => {
    const slept = anIndex({ "2025-12": "2026-01-20T06:00:00Z", "2026-01": "2026-01-20T06:00:00Z" }, [
      "2026-01",
    ]);
    expect(monthsToCollect(event("2026-04-15T06:00:00Z"), slept, CONFIG)).toEqual([
      "2026-04",
      "2026-03",
      "2026-02",
      "2026-01",
    ]);
  });

  it("are never more than Cost Explorer's longest history, however long no collection ran", () => {
    const slept = anIndex({ "2020-01": "2020-02-20T06:00:00Z" });
    const months = monthsToCollect(event("9990-04-15T06:00:00Z"), slept, CONFIG);
    expect([months.length, months[0], months.at(-1)]).toEqual([38, "9990-04", "9987-03"]);
  });

  it("are as many closed months before the event's month as the backfill has", () => {
    const months = monthsToCollect(event("2026-03-08T06:00:00Z", 13), null, CONFIG);
    expect(months).toHaveLength(14);
    expect([months[0], months.at(-1)]).toEqual(["2026-03", "2025-02"]);
    expect(monthsToCollect(event("2026-03-01T06:00:00Z", 2), null, CONFIG)).toEqual(["2026-02", "2026-01"]);
  });

  it("are those that are not fresh, when an event comes again or goes on", () => {
    const at = "2026-03-08T06:00:00Z";
    const published = anIndex(
      {
        "2026-03": "2026-03-08T01:00:00Z",
        "2026-02": "2026-03-08T06:00:00Z",
        "2026-01": "2026-03-07T06:00:00Z",
        "2025-12": "2026-03-07T05:59:59Z",
      },
      ["2026-03"],
    );
    const again = { ...event(at, 3), freshSince: "2026-03-07T06:00:00Z" };
    expect(monthsToCollect(again, published, CONFIG)).toEqual(["2025-12"]);
    expect(freshMonths(again, published, CONFIG)).toEqual(["2026-03", "2026-02", "2026-01"]);
    expect(freshMonths({ ...again, freshSince: at }, published, CONFIG)).toEqual(["2026-02"]);
    for (const all of [
      monthsToCollect({ ...again, force: true }, published, CONFIG),
      monthsToCollect(again, published, "d".repeat(64)),
      monthsToCollect(event(at, 3), published, CONFIG),
    ]) {
      expect(all).toEqual(["2026-03", "2026-02", "2026-01", "2025-12"]);
    }
  });

  it("contain a running month that is fresh but ends a day earlier, or has closed since", () => {
    const published = anIndex({ "2026-03": "2026-03-07T20:00:00Z", "2026-02": "2026-02-28T20:00:00Z" }, [
      "2026-03",
      "2026-02",
    ]);
    const since = "2026-02-01T00:00:00Z";
    expect(
      monthsToCollect({ ...event("2026-03-08T06:00:00Z"), freshSince: since }, published, CONFIG),
    ).toEqual(["2026-03", "2026-02"]);
  });

  it("leave out what was collected later than the event, which comes too late to replace it", () => {
    const published = anIndex({ "2026-03": "2026-03-09T06:00:00Z", "2026-02": "2026-03-09T06:00:00Z" }, [
      "2026-03",
    ]);
    const at = "2026-03-08T06:00:00Z";
    expect(monthsToCollect({ ...event(at), freshSince: at }, published, CONFIG)).toEqual([]);
  });

  it.each([-1, 1.5, 38, Number.NaN])("cannot be backfilled by %s", (backfill) => {
    expect(() => monthsToCollect(event("2026-03-08T06:00:00Z", backfill), null, CONFIG)).toThrow(
      /0 to 37 months/,
    );
  });

  it("can be one that is named, unless it has not begun", () => {
    const one = { ...event("2026-03-08T06:00:00Z"), period: "2025-07" };
    expect(monthsToCollect(one, null, CONFIG)).toEqual(["2025-07"]);
    expect(() => monthsToCollect({ ...one, period: "2026-04" }, null, CONFIG)).toThrow(
      /2026-04 cannot be collected/,
    );
    expect(() => monthsToCollect({ ...one, at: "2025-07-01T00:00:00Z" }, null, CONFIG)).toThrow(RangeError);
  });
});

describe("the batches that are queried", () => {
  const at = "2026-03-08T06:00:00Z";
  const context = (own: string) => ({ at: own, config: defaultConfig, dataEnd: null });

  it("are the running month with the month before, in days, and the others in runs of consecutive months", () => {
    const months = ["2026-03", "2026-02", "2026-01", "2025-12", "2025-11", "2025-08"];
    expect(batchesOf(months, "published", 2, context(at))).toEqual([
      expect.objectContaining({
        months: ["2026-02", "2026-03"],
        window: { start: "2026-02-01", end: "2026-03-08" },
        priorPeriodToDate: { start: "2026-02-01", end: "2026-02-08" },
        role: "published",
      }),
      expect.objectContaining({ months: ["2025-12", "2026-01"], priorPeriodToDate: null }),
      expect.objectContaining({ months: ["2025-11"], window: { start: "2025-11-01", end: "2025-12-01" } }),
      expect.objectContaining({ months: ["2025-08"] }),
    ]);
  });

  it("separate the months that only an account with more than 14 months of history can answer", () => {
    const months = ["2025-03", "2025-02", "2025-01", "2024-12"];
    expect(batchesOf(months, "published", 38, context(at)).map((batch) => batch.months)).toEqual([
      ["2025-02", "2025-03"],
      ["2024-12", "2025-01"],
    ]);
  });

  it("have no prior period to date on the 1st", () => {
    expect(batchesOf(["2026-02", "2026-01"], "published", 13, context("2026-03-01T06:00:00Z"))).toEqual([
      expect.objectContaining({ months: ["2026-01", "2026-02"], priorPeriodToDate: null }),
    ]);
  });
});

function anIndex(asOf: Readonly<Record<string, string>>, running: readonly string[] = []): IndexDocument {
  const snapshot = (month: string, as_of: string) => ({
    run_id: "20260101T000000Z-00000000000000000000000000000000",
    as_of,
    estimated: false,
    is_mtd: running.includes(month),
    config: CONFIG,
    total_cost_usd: 1,
    files: {},
    restated: [],
  });
  return {
    schema: 1,
    generation: 1,
    run_id: "20260101T000000Z-00000000000000000000000000000000",
    published_at: "2026-01-01T00:00:00Z",
    periods: Object.keys(asOf).sort().reverse(),
    snapshot: Object.fromEntries(Object.entries(asOf).map(([month, at]) => [month, snapshot(month, at)])),
    shared: {},
    history: [],
  };
}
