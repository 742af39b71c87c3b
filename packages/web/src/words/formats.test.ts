import { parseMoney } from "@dapanoskop/core/money";
import { changeOf } from "@dapanoskop/core/report";
import { describe, expect, it } from "vitest";
import { makeFormats } from "./formats.ts";
import { regionOf } from "./region.ts";

const usd = (text: string) => parseMoney(text, "USD");
const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("figures as a reader's region writes them", () => {
  const us = makeFormats(regionOf(["en-US"]));
  const de = makeFormats(regionOf(["de-DE"]));

  it("are exact to the cent, however large", () => {
    expect(us.money(usd("1240.505"))).toBe("$1,240.50");
    expect(us.money(usd("12345678901234567.89"))).toBe("$12,345,678,901,234,567.89");
    expect(us.money(usd("-3"))).toBe("−$3.00");
    expect(de.money(usd("1240.5"))).toContain("1.240,50");
  });

  it("say a change by sign, and less than half a cent as unchanged", () => {
    const up = changeOf(usd("15000"), usd("14200"));
    expect([us.changeAmount(up), plain(us.changePercent(up))]).toEqual(["+$800.00", "+5.6 %"]);
    expect(us.changeAmount(changeOf(usd("1.004"), usd("1")))).toBe("unchanged");
    expect(us.changeAmount(changeOf(usd("1"), null))).toBe("unknown");
    expect(plain(us.changePercent(changeOf(usd("100000.01"), usd("100000"))))).toBe("< 0.1 %");
  });

  it("keep days and months in UTC, wherever the reader sits", () => {
    expect(us.month("2026-03")).toBe("March 2026");
    expect(us.window({ start: "2026-02-01", end: "2026-02-08" })).toBe("Feb 1–7");
    expect(us.window({ start: "2026-02-01", end: "2026-02-02" })).toBe("Feb 1");
    expect(us.window({ start: "2026-02-01", end: "2026-03-01" })).toBe("February 2026");
    expect(us.instant("2026-03-08T06:00:00Z")).toBe("Mar 8, 2026, 06:00 UTC");
  });

  it("count storage as AWS does", () => {
    expect(plain(us.bytes(2 ** 40))).toBe("1.00 TB");
    expect(plain(us.bytes(2 ** 40 - 1))).toBe("1.00 TB");
    expect(plain(us.bytes(5))).toBe("5 bytes");
  });

  it("give a price as many digits as it needs", () => {
    expect(us.price(0.0000004, "USD")).toBe("$0.00000040");
    expect(us.price(0.0227, "USD")).toBe("$0.0227");
    expect(us.price(12.5, "USD")).toBe("$12.50");
  });
});

describe("the region of a reader", () => {
  it.each([
    [["en-GB"], "en-GB", "en-GB"],
    [["de-CH", "en"], "de-CH", "en-GB"],
    [["_", "pt-BR"], "pt-BR", "en-GB"],
    [["ar-EG"], "ar-EG", "en-GB"],
  ])("is told by the browser's languages: %j", (languages, numbers, dates) => {
    expect(regionOf(languages)).toEqual({ numbers: `${numbers}-u-nu-latn`, dates });
  });

  it("is American where the browser tells nothing, as the bill is", () => {
    expect(regionOf([])).toEqual({ numbers: "en-US", dates: "en-US" });
  });
});
