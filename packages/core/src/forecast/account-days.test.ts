import { describe, expect, it } from "vitest";
import { aDailyFigures } from "../daily/testing/index.ts";
import { accountDays } from "./account-days.ts";

describe("the months of an account", () => {
  const figures = aDailyFigures({ from: "2026-01-01", through: "2026-03-07" });
  const whole = (history: typeof figures.history) =>
    accountDays({ ...figures, history })?.months.map(({ month, isWhole }) => `${month} ${isWhole}`);

  it("are whole when they have closed with every day", () => {
    expect(whole(figures.history)).toEqual(["2026-01 true", "2026-02 true", "2026-03 false"]);
  });

  it("are not whole while they run, with a day missing at the end, or with a day that is not known", () => {
    const [january, ...others] = figures.history;
    if (january === undefined) throw new Error("The figures have no month.");
    const changed = (change: Partial<typeof january>) => whole([{ ...january, ...change }, ...others])?.[0];
    expect(changed({ isRunning: true })).toBe("2026-01 false");
    expect(changed({ total: january.total.slice(0, -1) })).toBe("2026-01 false");
    expect(changed({ total: january.total.with(9, null) })).toBe("2026-01 false");
  });
});
