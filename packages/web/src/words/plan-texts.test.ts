import type { OpenPlans, PlanSummary } from "@dapanoskop/api/documents";
import type { PlanCountsDocument, PlannedResourceDocument, PlanPartDocument } from "@dapanoskop/core/plan";
import { describe, expect, it } from "vitest";
import { makeFormats } from "./formats.ts";
import {
  actionText,
  countNotIncluded,
  countsText,
  isChangeKnown,
  notIncluded,
  openPlansWords,
  originText,
  planChangeText,
  stateText,
} from "./plan-words.ts";
import { regionOf } from "./region.ts";

const formats = makeFormats(regionOf(["en-US"]));

const counts = (own: Partial<PlanCountsDocument> = {}) =>
  ({
    ...{ create: 0, update: 0, delete: 0, replace: 0, read: 0, import: 0 },
    ...{ move: 0, forget: 0, no_op: 0, outputs: 0, other: 0 },
    ...own,
  }) as PlanCountsDocument;

const part = (own: Partial<PlanPartDocument> = {}) =>
  ({
    one_time: false,
    usage_based: false,
    price_origin: null,
    monthly_before: "1",
    monthly_after: "2",
    ...own,
  }) as PlanPartDocument;

const resource = (own: Partial<PlannedResourceDocument> = {}) =>
  ({
    action: "create",
    status: "priced",
    monthly_delta: "1",
    parts: [],
    ...own,
  }) as unknown as PlannedResourceDocument;

const plan = (
  monthly_delta: string,
  own: Partial<Pick<PlanSummary, "kind">> & { partial?: boolean; counts?: PlanCountsDocument } = {},
) =>
  ({
    kind: own.kind ?? "plan",
    counts: own.counts ?? counts({ create: 1 }),
    cost: { currency: "USD", monthly_delta, partial: own.partial ?? false },
  }) as PlanSummary;

describe("what a plan does", () => {
  it("is each count that is not 0, in the order in which a reader asks for them", () => {
    const all = counts({
      create: 1,
      update: 2,
      delete: 3,
      replace: 4,
      read: 5,
      import: 6,
      move: 7,
      forget: 8,
      no_op: 9,
      outputs: 10,
      other: 1_100,
    });
    expect(countsText(all, formats)).toBe(
      "create 1 · update 2 · replace 4 · delete 3 · import 6 · move 7 · forget 8 · read 5 · change of outputs 10 · unknown action 1,100",
    );
    expect(countsText(counts({ no_op: 3 }), formats)).toBe("no changes");
  });

  it.each([
    [{ action: "replace" }, "replace"],
    [{ action: "no-op" }, "no change"],
    [{ action: "other" }, "unknown action"],
    [{ action: "update", previous_address: "a" }, "update (moved)"],
    [{ action: "no-op", import_id: "i" }, "no change (imported)"],
    [{ action: "create", import_id: "i", previous_address: "a" }, "create (imported, moved)"],
  ] as const)("to a resource is, of %j, %s", (own, text) => {
    expect(actionText(resource(own as Partial<PlannedResourceDocument>))).toBe(text);
  });
});

describe("where a price is from", () => {
  it.each([
    [{}, "no price known"],
    [{ usage_based: true }, "no price known"],
    [{ usage_based: true, monthly_after: null }, "depends on usage"],
    [{ monthly_after: null }, "no price known"],
    [{ price_origin: { kind: "list", day: "2026-03-01" } }, "list price of Mar 1, 2026"],
    [{ price_origin: { kind: "observed", day: "2026-03-01" } }, "paid by this account until Mar 1, 2026"],
    [
      { price_origin: { kind: "observed", day: "2026-03-01", days: 1 } },
      "paid by this account until Mar 1, 2026, 1 day",
    ],
    [
      { price_origin: { kind: "observed", day: "2026-03-01", days: 7 } },
      "paid by this account until Mar 1, 2026, 7 days",
    ],
  ] as const)("is of %j: %s", (own, text) => {
    expect(originText(part(own as Partial<PlanPartDocument>), formats)).toBe(text);
  });
});

describe("what is not in a plan's total", () => {
  it("is by its reason; what the plan does not change is left out", () => {
    const open = [
      resource({ status: "unknown" }),
      resource({ status: "usage-based", monthly_delta: null }),
      resource({ status: "usage-based", parts: [part({ monthly_before: null })] }),
      resource({ status: "usage-based", parts: [part({ monthly_after: null })] }),
      resource({ status: "unsupported", monthly_delta: null }),
    ];
    const included = [
      resource(),
      resource({ status: "usage-based", parts: [part()] }),
      resource({ status: "usage-based", parts: [part({ monthly_before: null, monthly_after: null })] }),
      resource({ status: "usage-based", parts: [part({ monthly_before: null, one_time: true })] }),
      resource({ status: "free", monthly_delta: null }),
    ];
    const all = [...included, ...open];
    expect(
      notIncluded(all).map(({ why, resources }) => [why, resources.map((one) => open.indexOf(one))]),
    ).toEqual([
      ["A value or a price that decides the cost is not known", [0]],
      ["The cost depends on usage that nobody knows yet", [1, 2, 3]],
      ["The type of the resource is not supported", [4]],
    ]);
    expect([countNotIncluded(all), countNotIncluded(included)]).toEqual([5, 0]);
  });
});

describe("what a plan changes a month", () => {
  it.each<readonly [PlanSummary, boolean, string]>([
    [plan("16.425"), true, "+$16.43 a month"],
    [plan("-0.5"), true, "−$0.50 a month"],
    [plan("0"), true, "$0.00 a month"],
    [plan("16", { partial: true }), true, "+$16.00 a month, partial"],
    [plan("0.001", { partial: true }), false, "unknown"],
    [plan("5", { kind: "errored" }), false, "unknown"],
    [
      plan("0", { partial: true, counts: counts({ read: 1, no_op: 2, move: 3 }) }),
      true,
      "$0.00 a month, partial",
    ],
    ...(["create", "update", "delete", "replace", "other"] as const).map(
      (name) => [plan("0", { partial: true, counts: counts({ [name]: 1 }) }), false, "unknown"] as const,
    ),
  ])("%# is known or not", (of, isKnown, text) => {
    expect([isChangeKnown(of), planChangeText(of, formats, " a month")]).toEqual([isKnown, text]);
  });

  it("is said of a plan that is no plan", () => {
    expect(
      (["plan", "refresh-only", "errored"] as const).map((kind) => stateText({ kind, state: "open" })),
    ).toEqual(["open", "drift only", "failed"]);
  });
});

describe("what the open plans would do", () => {
  const words = (own: Partial<OpenPlans>) =>
    openPlansWords({ plans: [], currency: "USD", monthly_delta: "0", partial: false, ...own }, formats);

  it.each([
    [{}, "No plan is open", null, false],
    [
      { plans: [plan("1")], currency: null },
      "The open plans have several currencies, so they have no sum",
      null,
      false,
    ],
    [
      { plans: [plan("1")], monthly_delta: null },
      "The open plans have several currencies, so they have no sum",
      null,
      false,
    ],
    [{ plans: [plan("1")], monthly_delta: "1" }, "The open plan would add", "$1.00", false],
    [{ plans: [plan("1")], monthly_delta: "0.005" }, "The open plan would add", "$0.01", false],
    [{ plans: [plan("1")], monthly_delta: "-0.01" }, "The open plan would save", "$0.01", false],
    [
      { plans: [plan("1"), plan("2")], monthly_delta: "-553.045", partial: true },
      "The 2 open plans would save",
      "$553.05",
      true,
    ],
    [
      { plans: [plan("0"), plan("0")], partial: true },
      "The 2 open plans would not change the cost",
      null,
      true,
    ],
    [
      { plans: [plan("0"), plan("0", { partial: true })], partial: true },
      "What the open plans would add is not known",
      null,
      false,
    ],
  ])("is of %#: %s", (own, lead, amount, isPartial) => {
    expect(words(own as Partial<OpenPlans>)).toEqual({ lead, amount, isPartial });
  });
});
