import type { Month } from "@dapanoskop/core/calendar";
import { CostSourceError } from "@dapanoskop/core/source";
import type { IndexDocument } from "@dapanoskop/dataset";
import { describe, expect, it } from "vitest";
import type { PublishedHistory } from "../published-history.ts";
import type { ComputedMonth } from "./computed-month.ts";
import { judgeMonths } from "./judge.ts";

const AT = "2026-03-08T06:00:00Z";
const refusal = new CostSourceError("data-unavailable", null, "There is no data.");

const computed = (period: Month, kind: ComputedMonth["kind"]) =>
  ({ period, kind, reason: refusal, current: null }) as unknown as ComputedMonth;

/** An index with months that are published as of some times. */
const published = (
  asOf: Readonly<Record<Month, string>>,
  is_mtd: boolean | undefined = true,
): PublishedHistory =>
  ({
    index: {
      snapshot: Object.fromEntries(Object.entries(asOf).map(([month, as_of]) => [month, { as_of, is_mtd }])),
    } as unknown as IndexDocument,
    summary: async () => null,
  }) as unknown as PublishedHistory;

const judged = (months: readonly ComputedMonth[], history: PublishedHistory, force = false) =>
  judgeMonths(months, history, { at: AT, force }, null);

describe("the months of a run", () => {
  it("that are empty are skipped, and never replace what is published", async () => {
    const months = [computed("2026-02", "empty"), computed("2026-03", "empty")];
    for (const force of [false, true]) {
      const { outcomes, accepted, quarantined } = await judged(months, published({ "2026-03": AT }), force);
      expect(outcomes).toEqual([
        { period: "2026-02", outcome: "skipped", why: "2026-02 has no charges: nothing was written for it." },
        {
          period: "2026-03",
          outcome: "quarantined",
          why: "2026-03 came back without any charge. The published figures remain.",
        },
      ]);
      expect([accepted, [...quarantined]]).toEqual([[], ["2026-03"]]);
    }
  });

  it("that the source refused are skipped, those that were not queried have no outcome", async () => {
    const months = [
      computed("2026-01", "refused"),
      computed("2026-02", "refused"),
      computed("2026-03", "not-queried"),
    ];
    const { outcomes } = await judged(months, published({ "2026-02": AT }));
    expect(outcomes).toEqual([
      { period: "2026-01", outcome: "skipped", why: "There is no data." },
      { period: "2026-02", outcome: "skipped", why: "There is no data. The published figures remain." },
    ]);
  });

  it("are outdated where they are published as of a later time", async () => {
    const months = ["2026-01", "2026-02", "2026-03", "2026-04"].map((month) => computed(month, "ledger"));
    const history = published({
      "2026-01": "2026-03-08T05:59:59Z",
      "2026-02": AT,
      "2026-03": "2026-03-08T06:00:01Z",
    });
    const { accepted, outdated, warnings } = await judged(months, history);
    expect([accepted.length, [...outdated], warnings]).toEqual([4, ["2026-03"], []]);
  });
});
