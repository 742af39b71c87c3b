import { describe, expect, it } from "vitest";
import { regionOf } from "./region.ts";

const english = (region: string) => regionOf([`en-${region}`]);

describe("how figures and dates are written", () => {
  it.each(["US", "CA", "PH", "PR", "GU", "VI", "AS", "MP", "UM"])("has the month first in %s", (region) => {
    expect(english(region).isMonthFirst).toBe(true);
    expect(regionOf([`es-${region}`]).isMonthFirst).toBe(false);
  });

  it.each(["US", "GB", "CA", "AU", "NZ", "IE", "PH", "SG", "HK", "NG", "KE"])("is plain in %s", (region) => {
    expect(english(region).isPlain).toBe(true);
    expect(regionOf([`de-${region}`]).isPlain).toBe(false);
  });

  it("has the day first, and numbers by the browser, elsewhere", () => {
    for (const region of ["GB", "AU", "IE"]) expect(english(region).isMonthFirst).toBe(false);
    for (const region of ["IN", "ZA", "DE", "PR"]) expect(english(region).isPlain).toBe(false);
  });

  it("is by the first language that is one, English without a region is American", () => {
    expect(regionOf(["", "de-CH", "en-US"]).numbers).toBe("de-CH-u-nu-latn");
    expect(regionOf(["en"])).toEqual({ numbers: "en-u-nu-latn", isPlain: true, isMonthFirst: true });
    expect(regionOf([])).toEqual({ numbers: "en-US", isPlain: true, isMonthFirst: true });
    expect(regionOf(["not a language"])).toEqual(regionOf([]));
  });
});
