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
