import { describe, expect, it } from "vitest";
import { approverText, isChangeKnown } from "./plan-words.ts";

describe("the amount of a plan", () => {
  const none = { create: 0, update: 0, delete: 0, replace: 0, other: 0 };
  const cost = { currency: "USD", monthly_delta: "0", partial: true };
  const isKnown = (counts: Partial<typeof none>, own: Partial<typeof cost> = {}, kind = "planned") =>
    isChangeKnown({ kind, counts: { ...none, ...counts }, cost: { ...cost, ...own } } as never);

  it.each(["create", "update", "delete", "replace", "other"] as const)(
    "is unknown where the cost of all that it changes is, whatever else it does: %s",
    (action) => {
      expect(isKnown({ [action]: 1 })).toBe(false);
      for (const other of Object.keys(none)) expect(isKnown({ [action]: 1, [other]: 1 })).toBe(false);
    },
  );

  it("is known of a plan that changes nothing, of one whose cost is known, and of a known part", () => {
    expect(isKnown({})).toBe(true);
    expect(isKnown({ create: 1 }, { partial: false })).toBe(true);
    expect(isKnown({ create: 1 }, { monthly_delta: "0.005" })).toBe(true);
    expect(isKnown({ create: 1 }, { monthly_delta: "0.004" })).toBe(false);
  });

  it("is unknown of a plan that failed", () => {
    expect(isKnown({}, { partial: false }, "errored")).toBe(false);
  });
});

describe("who approved a plan", () => {
  it.each([
    ["user:3f-1", "the signed-in person with the id 3f-1"],
    ["user:a:b", "the signed-in person with the id a:b"],
    ["client:ci-1", "the program with the client id ci-1"],
    ["local", "somebody on this machine"],
    ["group:web", "group:web"],
    ["\u202ex", "\\u202ex"],
  ])("%s is %s", (by, text) => {
    expect(approverText(by)).toBe(text);
  });
});
