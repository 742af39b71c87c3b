import { describe, expect, it } from "vitest";
import { parseMoney } from "../money/index.ts";
import { expectedCost } from "./index.ts";
import { accountFigures, chargeLine } from "./testing/index.ts";

const first = "2025-10-01";
const tax = { service: "Tax", usageType: "NoUsageType", chargeType: "Tax" };
const lines = [
  chargeLine(first, 180, (at) => (at % 7 < 5 ? 100 : 40)),
  chargeLine(first, 180, (_, day) => (day.endsWith("-01") ? 250 : 0), tax),
];
const expectedOn = (day: string) => expectedCost(accountFigures({ first, lines }, "2026-03-20"), day);

describe("what a day was expected to cost", () => {
  it("is what its weekday costs, and on the 1st the fees of the 1st", () => {
    expect(expectedOn("2026-03-13")).toEqual(parseMoney("100", "USD"));
    expect(expectedOn("2026-03-15")).toEqual(parseMoney("100", "USD"));
    expect(expectedOn("2026-03-17")).toEqual(parseMoney("40", "USD"));
    expect(expectedOn("2026-03-01")).toEqual(parseMoney("350", "USD"));
  });

  it("is unknown for days outside the published months, and for the first one", () => {
    expect(expectedOn("2025-09-30")).toBeNull();
    expect(expectedOn("2025-10-01")).toBeNull();
    expect(expectedOn("2026-04-01")).toBeNull();
  });
});
