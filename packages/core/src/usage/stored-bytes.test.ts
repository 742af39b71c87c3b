import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseQuantity, storageTier, storedBytes } from "./index.ts";

const tebibyte = 1_099_511_627_776n;
const closed30 = { daysInMonth: 30, elapsedDays: 30 };

describe("stored bytes", () => {
  it("are 1 TiB for 1,024 GB-months of a closed month", () => {
    for (const unit of ["GB-Mo", "GB-Month", "GB-month", "GB-Months", "GB-mo", "GB Month"]) {
      expect(storedBytes(parseQuantity("1024", unit), closed30)).toBe(tebibyte);
    }
  });

  it("are not thinned by a running month: 256 GB-months after 7 of 28 days are a steady 1 TiB", () => {
    expect(storedBytes(parseQuantity("256", "GB-Mo"), { daysInMonth: 28, elapsedDays: 7 })).toBe(tebibyte);
  });

  it("are byte-hours divided by the month's hours", () => {
    const byteHours = (tebibyte * 720n).toString();
    for (const unit of ["Byte-Hrs", "ByteHrs", "Byte-Hours", "byte-hours", "Bytes-Hrs"]) {
      expect(storedBytes(parseQuantity(byteHours, unit), closed30)).toBe(tebibyte);
    }
    for (const unit of ["GB-Hours", "GB-Hrs", "GBHours", "GB-hours"]) {
      expect(storedBytes(parseQuantity(`${1024 * 720}`, unit), closed30)).toBe(tebibyte);
    }
  });

  it("are full-month volume for byte-hours of a running month too", () => {
    const sevenDays = (tebibyte * 24n * 7n).toString();
    expect(storedBytes(parseQuantity(sevenDays, "Byte-Hrs"), { daysInMonth: 28, elapsedDays: 7 })).toBe(
      tebibyte,
    );
  });

  it("convert larger and smaller measures", () => {
    expect(storedBytes(parseQuantity("1", "TB-Mo"), closed30)).toBe(tebibyte);
    expect(storedBytes(parseQuantity("1048576", "MB-Mo"), closed30)).toBe(tebibyte);
  });

  it.each([
    "N/A",
    "",
    "Hrs",
    "Tag-Hours",
    "IOPS-Mo",
    "MiBps-Mo",
    "Objects",
    "GB",
    "constructor",
    "GB-Mo x",
    "-Mo",
  ])("are unknown in %s, which is named and is not 0", (unit) => {
    const volume = storedBytes(parseQuantity("12", unit), closed30);
    expect(volume).toEqual({ unknownUnit: unit });
    expect(volume).not.toBeTypeOf("bigint");
  });

  it("are unknown where units mixed, which Cost Explorer calls N/A", () => {
    expect(storedBytes(parseQuantity("2", "N/A"), closed30)).toEqual({ unknownUnit: "N/A" });
  });

  it("round half to even, once", () => {
    expect(storedBytes(parseQuantity("360", "Byte-Hrs"), closed30)).toBe(0n); // half a byte
    expect(storedBytes(parseQuantity("1080", "Byte-Hrs"), closed30)).toBe(2n); // one and a half
    expect(storedBytes(parseQuantity("-1080", "Byte-Hrs"), closed30)).toBe(-2n);
  });

  it("are the same on every day of a steady month", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 28, max: 31 }),
        fc.nat(30),
        fc.integer({ min: 0, max: 1_000_000 }),
        (daysInMonth, day, gib) => {
          const elapsedDays = (day % daysInMonth) + 1;
          const soFar = {
            units: (BigInt(gib) * 10n ** 12n * BigInt(elapsedDays)) / BigInt(daysInMonth),
            unit: "GB-Mo",
          };
          const volume = storedBytes(soFar, { daysInMonth, elapsedDays }) as bigint;
          const lost = BigInt(gib) * 2n ** 30n - volume; // 10^-12 GB-month at most, cut off above
          expect(lost >= 0n && lost <= 1n).toBe(true);
        },
      ),
    );
  });

  it("refuse days that are no part of a month", () => {
    for (const [daysInMonth, elapsedDays] of [
      [30, 0],
      [30, 31],
      [32, 1],
      [30, 1.5],
      [Number.NaN, 1],
    ] as const) {
      expect(() => storedBytes(parseQuantity("1", "GB-Mo"), { daysInMonth, elapsedDays })).toThrow(
        /no part of a month/,
      );
    }
  });
});

describe("the storage of a whole account", () => {
  const rows = [
    ["Amazon Simple Storage Service", "EUC1-TimedStorage-ByteHrs", "400", "GB-Mo"],
    ["Amazon Simple Storage Service", "EUC1-TimedStorage-INT-FA-ByteHrs", "100", "GB-Mo"],
    ["Amazon Simple Storage Service", "EUC1-TimedStorage-SIA-ByteHrs", "500", "GB-Mo"],
    ["AmazonCloudWatch", "EUC1-TimedStorage-ByteHrs", "900", "GB-Mo"],
    ["EC2 - Other", "EUC1-EBS:VolumeUsage.gp3", "500", "GB-Mo"],
    ["EC2 - Other", "EUC1-EBS:VolumeP-IOPS.gp3", "3000", "IOPS-Mo"],
    ["EC2 - Other", "EUC1-EBS:VolumeIOUsage", "6741492", "IOs"],
  ] as const;

  const volume = (services: readonly string[], hotOnly: boolean) => {
    let bytes = 0n;
    for (const [service, usageType, amount, unit] of rows) {
      const tier = storageTier(service, usageType);
      if (tier === null || !services.includes(tier.service) || (hotOnly && !tier.hot)) continue;
      bytes += storedBytes(parseQuantity(amount, unit), closed30) as bigint;
    }
    return bytes / 2n ** 30n;
  };

  it("is half hot with Standard 400, Frequent Access 100 and Standard-IA 500", () => {
    expect([volume(["S3"], true), volume(["S3"], false)]).toEqual([500n, 1_000n]);
  });

  it("grows by the volume alone when EBS is counted, not by its IOPS or I/O", () => {
    expect(volume(["S3", "EBS"], false) - volume(["S3"], false)).toBe(500n);
  });
});
