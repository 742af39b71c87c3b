import { aPublishedMonth } from "@dapanoskop/dataset/testing";
import { createRoot, createSignal } from "solid-js";
import { describe, expect, it } from "vitest";
import { anIndex, aReader } from "../testing/render-page.tsx";
import { createWorkloadHistory } from "./workload-history.ts";

const settled = () => new Promise((resolve) => setTimeout(resolve));

const published = (month: string, web: number | null) =>
  aPublishedMonth({
    at: "2026-04-08T06:00:00Z",
    period: month,
    centers: [{ name: "A", workloads: [{ name: web === null ? "other" : "web", current: web ?? 1 }] }],
  });

describe("the history of a workload", () => {
  it("has the cost of each month, null without cost, and nothing for a month that cannot be read", async () => {
    const reader = aReader(published("2026-03", 5), {
      summary: async (_, month) => {
        if (month === "2026-01") throw new Error("This summary cannot be read.");
        return published(month, month === "2026-02" ? null : 5).summary;
      },
    });
    const index = anIndex(published("2026-03", 5));
    const history = createRoot(() =>
      createWorkloadHistory(reader, () => ({
        index,
        name: "web",
        months: ["2026-01", "2026-02", "2026-03"],
      })),
    );
    await settled();
    expect([...history()]).toEqual([
      ["2026-02", null],
      ["2026-03", 5],
    ]);
  });

  it("ignores months of an earlier workload that arrive late", async () => {
    const answers: (() => void)[] = [];
    const reader = aReader(published("2026-03", 5), {
      summary: (_, month) =>
        new Promise((resolve) => {
          const cost = 5 + answers.length;
          answers.push(() => resolve(published(month, cost).summary));
        }),
    });
    const index = anIndex(published("2026-03", 5));
    const [months, setMonths] = createSignal<readonly string[]>(["2026-03"]);
    const history = createRoot(() =>
      createWorkloadHistory(reader, () => ({ index, name: "web", months: months() })),
    );
    setMonths(["2026-02"]);
    answers[1]?.();
    await settled();
    answers[0]?.();
    await settled();
    expect([...history()]).toEqual([["2026-02", 6]]);
  });
});
