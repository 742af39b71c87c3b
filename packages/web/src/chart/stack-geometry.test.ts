import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type StackMonth, stackGeometry } from "./stack-geometry.ts";

const size = { width: 900, height: 300 };
const aMonth = (period: string, parts: readonly number[], own: Partial<StackMonth> = {}): StackMonth => ({
  period,
  isRunning: false,
  parts,
  average: null,
  forecast: null,
  ...own,
});
const part = fc.double({ min: -1e6, max: 1e9, noNaN: true });
const months = fc
  .array(fc.array(part, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 60 })
  .map((all) =>
    all.map((parts, at) =>
      aMonth(`${2020 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`, parts),
    ),
  );

describe("bars of months", () => {
  it("stack without gap or overlap, the first part at the bottom", () => {
    const [bar] = stackGeometry([aMonth("2026-01", [60, 30, 10])], size).bars;
    const [first, second, third] = bar?.parts ?? [];
    expect(second && first && second.y + second.height).toBeCloseTo(first?.y ?? -1);
    expect(third && second && third.y + third.height).toBeCloseTo(second?.y ?? -1);
    expect((first?.height ?? 0) / (third?.height ?? 1)).toBeCloseTo(6);
  });

  it("draw credits below zero", () => {
    const { bars, zero } = stackGeometry([aMonth("2026-01", [50, -20])], size);
    expect(bars[0]?.parts[1]?.y).toBeCloseTo(zero);
    expect(bars[0]?.parts[0]?.y).toBeLessThan(zero);
  });

  it("draw the forecast of a running month above its cost so far", () => {
    const [bar] = stackGeometry([aMonth("2026-01", [40], { isRunning: true, forecast: 100 })], size).bars;
    expect(bar?.forecast && bar.forecast.y + bar.forecast.height).toBeCloseTo(bar?.parts[0]?.y ?? -1);
  });

  it("interrupt the average line at a month without one", () => {
    const some = [1, 2, 3, null, 5].map((average, at) => aMonth(`2026-0${at + 1}`, [10], { average }));
    expect(stackGeometry(some, size).average.match(/M/g)).toHaveLength(2);
  });

  it("have their positions from the left edge of the plot to its right edge", () => {
    const { bars, plot } = stackGeometry(
      ["2026-01", "2026-02", "2026-03", "2026-04"].map((period) => aMonth(period, [10])),
      { width: 460, height: 300 },
    );
    expect(plot).toEqual({ x: 52, y: 12, width: 400, height: 260 });
    expect(bars.map(({ column }) => [column.x, column.width])).toEqual([
      [52, 100],
      [152, 100],
      [252, 100],
      [352, 100],
    ]);
    // A bar takes 72 of 100 pixels, and lies in the middle of its column.
    expect(bars.map(({ parts, center }) => [parts[0]?.x, parts[0]?.width, center])).toEqual([
      [expect.closeTo(66), expect.closeTo(72), expect.closeTo(102)],
      [expect.closeTo(166), expect.closeTo(72), expect.closeTo(202)],
      [expect.closeTo(266), expect.closeTo(72), expect.closeTo(302)],
      [expect.closeTo(366), expect.closeTo(72), expect.closeTo(402)],
    ]);
  });

  it("leave a gap between two months where there are many", () => {
    const all = Array.from({ length: 8 }, (_, at) => aMonth(`2026-0${at + 1}`, [10]));
    const { bars } = stackGeometry(all, { width: 460, height: 300 });
    // 36 of 50 pixels.
    expect(bars.map(({ parts }) => parts[0]?.width)).toEqual(all.map(() => expect.closeTo(36)));
    expect(bars.map(({ parts }) => parts[0]?.x)).toEqual(
      all.map((_, at) => expect.closeTo(52 + at * 50 + 7)),
    );
  });

  it("are at most 72 pixels wide: a single month is a bar in the middle of the plot", () => {
    const { bars, plot } = stackGeometry([aMonth("2026-01", [10])], size);
    const [bar] = bars;
    expect(bar?.column).toEqual({ x: plot.x, y: plot.y, width: plot.width, height: plot.height });
    expect([bar?.parts[0]?.width, bar?.center]).toEqual([72, plot.x + plot.width / 2]);
    expect(bar?.parts[0]?.x).toBe(plot.x + plot.width / 2 - 36);
  });

  it("reach from zero to their amount on the axis", () => {
    const { bars, ticks, plot, zero } = stackGeometry([aMonth("2026-01", [60, 40])], size);
    expect(ticks.map(({ value }) => value)).toEqual([0, 20, 40, 60, 80, 100]);
    expect([ticks[0]?.y, ticks.at(-1)?.y]).toEqual([plot.y + plot.height, plot.y]);
    expect(zero).toBe(plot.y + plot.height);
    const [lower, upper] = bars[0]?.parts ?? [];
    expect(upper?.y).toBeCloseTo(plot.y);
    expect((lower?.y ?? 0) + (lower?.height ?? 0)).toBeCloseTo(zero);
    expect(lower?.height).toBeCloseTo(0.6 * plot.height);
  });

  it("are below zero in a month whose credits are larger than its costs", () => {
    const { bars, zero, ticks, plot } = stackGeometry(
      [aMonth("2026-01", [20, -50, -30]), aMonth("2026-02", [0, 40, 0])],
      size,
    );
    expect(ticks.map(({ value }) => value)).toEqual([-100, -75, -50, -25, 0, 25, 50]);
    expect(zero).toBeCloseTo(plot.y + plot.height / 3);
    const [cost, credit, furtherCredit] = bars[0]?.parts ?? [];
    expect((cost?.y ?? 0) + (cost?.height ?? 0)).toBeCloseTo(zero);
    expect(credit?.y).toBeCloseTo(zero);
    // The second credit starts where the first one ends.
    expect(furtherCredit?.y).toBeCloseTo((credit?.y ?? 0) + (credit?.height ?? 0));
    expect(bars[1]?.parts.map((part) => part === null)).toEqual([true, false, true]);
  });

  it("have no forecast where it is not above the cost so far, or where there is none", () => {
    const forecasts = (forecast: number | null) =>
      stackGeometry([aMonth("2026-01", [40, -10], { isRunning: true, forecast })], size).bars[0]?.forecast;
    expect([forecasts(null), forecasts(40), forecasts(30)]).toEqual([null, null, null]);
    expect(forecasts(41)?.height).toBeGreaterThan(0);
  });

  it("have a scale for an average or a forecast that is larger than every month", () => {
    const { ticks } = stackGeometry([aMonth("2026-01", [10], { average: 95 })], size);
    expect(ticks.at(-1)?.value).toBe(100);
    const { ticks: other } = stackGeometry([aMonth("2026-01", [10], { forecast: 95 })], size);
    expect(other.at(-1)?.value).toBe(100);
  });

  it("have the average line through their centers", () => {
    const { bars, average, ticks } = stackGeometry(
      [aMonth("2026-01", [100], { average: 100 }), aMonth("2026-02", [0], { average: 0 })],
      size,
    );
    const points = [...average.matchAll(/[ML]([\d.]+),([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
    expect(points).toEqual([
      [bars[0]?.center, ticks.at(-1)?.y],
      [bars[1]?.center, ticks[0]?.y],
    ]);
  });

  it("have a label each while labels fit, then every second, third, …", () => {
    const labelEvery = (count: number) =>
      stackGeometry(
        Array.from({ length: count }, () => aMonth("2026-01", [1])),
        { width: 500, height: 300 },
      ).labelEvery;
    // The plot is 440 pixels wide, and a label 44.
    expect([labelEvery(1), labelEvery(10), labelEvery(11), labelEvery(20), labelEvery(21)]).toEqual([
      1, 1, 2, 2, 3,
    ]);
  });

  it("stay inside the plot for any amounts and any number of months", () => {
    fc.assert(
      fc.property(months, (all) => {
        const { bars, plot } = stackGeometry(all, size);
        for (const { parts, column } of bars) {
          expect(column.x).toBeGreaterThanOrEqual(plot.x - 0.01);
          expect(column.x + column.width).toBeLessThanOrEqual(plot.x + plot.width + 0.01);
          for (const rect of parts) {
            if (rect === null) continue;
            expect(rect.height).toBeGreaterThanOrEqual(0);
            expect(rect.y).toBeGreaterThanOrEqual(plot.y - 0.01);
            expect(rect.y + rect.height).toBeLessThanOrEqual(plot.y + plot.height + 0.01);
          }
        }
      }),
    );
  });

  it("have no parts where nothing was spent, and are none where nothing is published", () => {
    expect(stackGeometry([aMonth("2026-01", [0, 0])], size).bars[0]?.parts).toEqual([null, null]);
    expect(stackGeometry([], size).bars).toEqual([]);
  });
});
