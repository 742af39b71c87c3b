import { describe, expect, it } from "vitest";
import type { ComparedResource, PlanComparison } from "../../plan/index.ts";
import { renderComparisonText } from "./comparison-text.ts";

const compared = (
  address: string,
  from: string | null | undefined,
  to: string | null | undefined,
): ComparedResource =>
  ({
    address,
    type: "aws_instance",
    from_action: from === undefined ? null : "create",
    to_action: to === undefined ? null : "create",
    from_monthly_delta: from ?? null,
    to_monthly_delta: to ?? null,
  }) as ComparedResource;

const comparison = (own: Partial<PlanComparison>): PlanComparison =>
  ({
    schema: 1,
    from: { currency: "USD" },
    to: { currency: "USD" },
    is_same_plan: false,
    monthly_delta_difference: "0",
    added: [],
    removed: [],
    changed: [],
    ...own,
  }) as PlanComparison;

const lines = (of: PlanComparison) =>
  renderComparisonText(of)
    .trimEnd()
    .split("\n")
    .map((line) => line.trim().replaceAll(/ +/g, " ").replaceAll("−", "-"))
    .filter((line) => line !== "");

describe("two plans in a terminal", () => {
  it("are the same, or differ by rows that add up to the difference of the totals", () => {
    expect(lines(comparison({ is_same_plan: true }))).toEqual([
      "COMPARED WITH THE OTHER PLAN a month",
      "Both have the same content.",
    ]);
    const rows = lines(
      comparison({
        monthly_delta_difference: "2.01",
        added: [compared("a", undefined, "1.005")],
        removed: [compared("b", "3", undefined), compared("c", null, undefined)],
        changed: [compared("d", "1", "5.005"), compared("e", "1", null)],
      }),
    );
    expect(rows.slice(1)).toEqual([
      expect.stringMatching(/^only in this one: a \+\$1\.0[01]$/),
      "only in the other: b -$3.00",
      "only in the other: c not known",
      expect.stringMatching(/^changed: d \+\$4\.0[01]$/),
      "changed: e not known",
      "Difference of the totals +$2.01",
    ]);
    const cents = [rows[1], rows[4]].map((row) => Number(row?.slice(-1)));
    expect(cents[0] ?? 0).not.toBe(cents[1] ?? 0);
  });

  it("of different currencies have no known difference", () => {
    const of = comparison({ monthly_delta_difference: null, added: [compared("a", undefined, "1")] });
    expect(lines(of).slice(1)).toEqual([
      "only in this one: a not known",
      "Difference of the totals not known",
    ]);
  });

  it("list twenty resources of a kind and say how many more there are", () => {
    const many = (count: number) =>
      lines(comparison({ changed: Array.from({ length: count }, (_, at) => compared(`r${at}`, "1", "1")) }));
    expect(many(20)).toHaveLength(22);
    expect(many(21).at(-2)).toMatch(/\b1 more resource\b/);
    expect(many(23).at(-2)).toMatch(/\b3 more resources\b/);
  });
});
