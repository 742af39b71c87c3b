import { changeAmountText, changeOf, changeRemark } from "@dapanoskop/core/insight";
import { parseMoney } from "@dapanoskop/core/money";
import * as fc from "fast-check";
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

  it("are short on an axis, of three digits and with the sign of what is below zero", () => {
    const texts = [0, 0.5, -0.5, 999, -999, 1000, 20_000, -1_234_567].map((amount) =>
      us.shortMoney(amount, "USD"),
    );
    expect(texts).toEqual(["$0", "$0.5", "−$0.5", "$999", "−$999", "$1K", "$20K", "−$1.23M"]);
  });

  it("write a price to two decimals from 1 on, below it to two to four significant digits", () => {
    const texts = [0, 1, -1, 1.5, 0.9, 0.999, 0.01234567, -0.00002].map((price) => us.price(price, "USD"));
    expect(texts).toEqual(["$0.0", "$1.00", "−$1.00", "$1.50", "$0.90", "$0.999", "$0.01235", "−$0.000020"]);
  });

  it("say a change by sign, and less than half a cent as unchanged", () => {
    const up = changeOf(usd("15000"), usd("14200"));
    expect([changeAmountText(up, us), plain(changeRemark(up, us))]).toEqual(["+$800.00", "+5.6 %"]);
    expect(changeAmountText(changeOf(usd("1.004"), usd("1")), us)).toBe("unchanged");
    expect(changeAmountText(changeOf(usd("1"), null), us)).toBe("unknown");
    expect(plain(changeRemark(changeOf(usd("100000.01"), usd("100000")), us))).toBe("< 0.1 %");
  });

  it("keep days and months in UTC, wherever the reader sits", () => {
    expect(us.month("2026-03")).toBe("March 2026");
    expect(us.window({ start: "2026-02-01", end: "2026-02-08" })).toBe("Feb 1–7");
    expect(us.window({ start: "2026-02-01", end: "2026-02-02" })).toBe("Feb 1");
    expect(us.window({ start: "2026-02-01", end: "2026-03-01" })).toBe("Feb 1–28 (the whole month)");
    expect(us.days({ start: "2026-02-01", end: "2026-03-01" })).toBe("Feb 1–28");
    expect(us.instant("2026-03-08T06:00:00Z")).toBe("Mar 8, 2026, 06:00 UTC");
  });

  it("are dated in the order of the reader's own English", () => {
    expect(de.window({ start: "2026-02-01", end: "2026-02-08" })).toBe("1–7 Feb");
    expect(de.window({ start: "2026-01-30", end: "2026-02-03" })).toBe("30 Jan–2 Feb");
    expect(us.window({ start: "2026-01-30", end: "2026-02-03" })).toBe("Jan 30–Feb 2");
    expect([us.day("2026-03-08"), de.day("2026-03-08T06:00:00Z")]).toEqual(["Mar 8, 2026", "8 Mar 2026"]);
    expect(de.instant("2026-03-08T06:00:00Z")).toBe("8 Mar 2026, 06:00 UTC");
    expect([us.shortMonth("2026-06"), us.monthAndYear("2026-09")]).toEqual(["Jun", "Sep 26"]);
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

describe("a figure that the page writes by itself, since the browser's tables take long to open", () => {
  const languages = [
    ...["US", "GB", "CA", "AU", "NZ", "IE", "PH", "SG", "HK", "NG", "KE"].map((region) => `en-${region}`),
    "en",
  ];

  it.each(languages)("reads as the browser would write it: %s", (language) => {
    const region = regionOf([language]);
    expect(region.isPlain).toBe(true);
    const [own, browser] = [makeFormats(region), makeFormats({ ...region, isPlain: false })];
    void fc.assert(
      fc.property(
        fc.bigInt(),
        fc.constantFrom("USD", "EUR", "GBP", "JPY"),
        fc.constantFrom(0, 2),
        (count, currency, decimals) => {
          expect(own.units(count, currency, decimals)).toBe(browser.units(count, currency, decimals));
          expect(own.changePercent(count)).toBe(browser.changePercent(count));
        },
      ),
    );
  });

  it.each(["en-US", "en-GB"])(
    "and so does a day, but that each month is short with three letters: %s",
    (language) => {
      const own = makeFormats(regionOf([language]));
      const written = (day: string, options: Intl.DateTimeFormatOptions) =>
        new Intl.DateTimeFormat(language, { timeZone: "UTC", ...options })
          .format(new Date(day))
          .replace("Sept ", "Sep ");
      for (let at = 0; at < 366; at += 1) {
        const day = new Date(Date.UTC(2028, 0, 1 + at)).toISOString().slice(0, 10);
        const month = day.slice(0, 7);
        expect(own.day(day)).toBe(written(day, { year: "numeric", month: "short", day: "numeric" }));
        expect(own.month(month)).toBe(written(day, { year: "numeric", month: "long" }));
        expect(own.monthAndYear(month)).toBe(written(day, { year: "2-digit", month: "short" }));
      }
    },
  );
});

describe("the region of a reader", () => {
  it.each([
    [["en-GB"], "en-GB", true, false],
    [["en-CA"], "en-CA", true, true],
    [["en-IN"], "en-IN", false, false],
    [["de-CH", "en"], "de-CH", false, false],
    [["_", "pt-BR"], "pt-BR", false, false],
    [["ar-EG"], "ar-EG", false, false],
    [["en"], "en", true, true],
  ])("follows the browser's languages: %j", (languages, numbers, isPlain, isMonthFirst) => {
    expect(regionOf(languages)).toEqual({ numbers: `${numbers}-u-nu-latn`, isPlain, isMonthFirst });
  });

  it("is American where the browser names no language, as the bill is", () => {
    expect(regionOf([])).toEqual({ numbers: "en-US", isPlain: true, isMonthFirst: true });
  });
});
