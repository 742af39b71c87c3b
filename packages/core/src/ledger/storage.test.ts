import { describe, expect, it } from "vitest";
import { moneyText, parseDecimal, parseMoney } from "../money/index.ts";
import { OTHER_STORAGE, type ServiceUsage, type StorageConfig, storageOf } from "./index.ts";

const S3 = "Amazon Simple Storage Service";
const EC2 = "EC2 - Other";
const february = { start: "2026-02-01", end: "2026-03-01" };
const s3Only: StorageConfig = { includeEfs: false, includeEbs: false };

const row = (
  service: string,
  usageType: string,
  cost: string,
  quantity: string,
  unit = "GB-Mo",
): ServiceUsage => ({
  service,
  usageType,
  cost: parseMoney(cost, "USD"),
  quantity: { units: parseDecimal(quantity, 12), unit },
});
const storage = (rows: readonly ServiceUsage[], config = s3Only, window = february) =>
  storageOf(rows, "2026-02", window, "USD", config);

describe("storage on a bill", () => {
  it("costs $23.55 a TB when 1,024 GB-Mo of S3 Standard cost $23.55", () => {
    const { cost, volumeBytes, costPerTb, hotPercentage } = storage([
      row(S3, "EUC1-TimedStorage-ByteHrs", "23.55", "1024"),
    ]);
    expect(volumeBytes).toBe(1_099_511_627_776n);
    expect(cost && moneyText(cost)).toBe("23.55");
    expect([costPerTb, hotPercentage]).toEqual([23.55, 100]);
  });

  it("is unknown, and not 0, where the bill has no usage type of S3 that is known", () => {
    const { warnings, ...figures } = storage([row(S3, "$0.023 per GB - first 50 TB / month", "23", "1000")]);
    expect(figures).toEqual({
      cost: null,
      volumeBytes: null,
      hotPercentage: null,
      costPerTb: null,
      tiers: [
        { service: "S3", tier: "Unknown usage types", volumeBytes: null, cost: parseMoney("23", "USD") },
      ],
    });
    expect(warnings).toEqual([
      "2026-02: the bill has no usage type of S3 that is known: cost, volume, hot share and cost per TB of its storage are unknown.",
    ]);
    expect(storage([row("AWS Lambda", "a description", "1", "1")])).toMatchObject({ volumeBytes: 0n });
  });

  it("of a running month whose last days are missing is that of its complete days", () => {
    const complete = [row(S3, "TimedStorage-ByteHrs", "5.8875", "256")];
    const whole = [row(S3, "TimedStorage-ByteHrs", "6.1", "265")];
    const { cost, volumeBytes, costPerTb, tiers } = storageOf(
      whole,
      "2026-02",
      { start: "2026-02-01", end: "2026-02-08" },
      "USD",
      s3Only,
      complete,
    );
    expect([cost && moneyText(cost), volumeBytes, costPerTb]).toEqual(["6.1", 1_099_511_627_776n, 23.55]);
    expect(tiers).toEqual([
      {
        service: "S3",
        tier: "Standard",
        volumeBytes: 1_099_511_627_776n,
        cost: parseMoney("6.1", "USD"),
        completeDaysCost: parseMoney("5.8875", "USD"),
      },
    ]);
    const none = { start: "2026-02-01", end: "2026-02-01" };
    expect(storageOf(whole, "2026-02", none, "USD", s3Only, [])).toMatchObject({
      volumeBytes: null,
      costPerTb: null,
    });
  });

  it("of a running month is scaled to the whole: a steady TiB shows 256 GB-Mo on day 7 of 28", () => {
    const week = { start: "2026-02-01", end: "2026-02-08" };
    const { volumeBytes, costPerTb } = storage(
      [row(S3, "TimedStorage-ByteHrs", "5.8875", "256")],
      s3Only,
      week,
    );
    expect(volumeBytes).toBe(1_099_511_627_776n);
    expect(costPerTb).toBe(23.55);
  });

  it("is half hot with 400 in Standard, 100 in frequent access and 500 in infrequent access", () => {
    const { hotPercentage, tiers } = storage([
      row(S3, "TimedStorage-ByteHrs", "9", "400"),
      row(S3, "USW2-TimedStorage-INT-FA-ByteHrs", "2", "100"),
      row(S3, "TimedStorage-SIA-ByteHrs", "6", "500"),
    ]);
    expect(hotPercentage).toBe(50);
    expect(tiers.map(({ cost }) => moneyText(cost))).toEqual(["9", "6", "2"]);
  });

  it("of S3 is not what CloudWatch Logs, ECR or DynamoDB keep under the same usage type", () => {
    const rows = ["AmazonCloudWatch", "Amazon EC2 Container Registry (ECR)", "Amazon DynamoDB"].map(
      (service) => row(service, "EUC1-TimedStorage-ByteHrs", "10", "100"),
    );
    const { cost, volumeBytes, hotPercentage, costPerTb } = storage(rows);
    expect(cost?.units).toBe(0n);
    expect([volumeBytes, hotPercentage, costPerTb]).toEqual([0n, null, null]);
  });

  it("takes EBS in cost and volume when configured, and in neither when not", () => {
    const rows = [
      row(S3, "TimedStorage-ByteHrs", "1", "500"),
      row(EC2, "EBS:VolumeUsage.gp3", "40", "500"),
      row(EC2, "EBS:VolumeP-IOPS.gp3", "15", "3000", "IOPS-Mo"),
      row(EC2, "EBS:VolumeIOUsage", "0.3", "6741492", "IOs"),
    ];
    const withEbs = storage(rows, { includeEfs: false, includeEbs: true });
    expect(withEbs.volumeBytes).toBe(1000n * 2n ** 30n);
    expect(withEbs.cost && moneyText(withEbs.cost)).toBe("56");
    expect(withEbs.hotPercentage).toBe(100);
    const without = storage(rows);
    expect(without.volumeBytes).toBe(500n * 2n ** 30n);
    expect(without.cost && moneyText(without.cost)).toBe("1");
  });

  it("divides byte-hours by the month's hours", () => {
    const hours = 28n * 24n;
    const { volumeBytes } = storage([
      row(S3, "TimedStorage-ByteHrs", "1", String(hours * 5_000n), "Byte-Hrs"),
    ]);
    expect(volumeBytes).toBe(5_000n);
  });

  it.each(["N/A", "Parsecs", ""])(
    "in %j is unknown, with a warning that names type and unit, and never 0",
    (unit) => {
      const figures = storage([
        row(S3, "TimedStorage-SIA-ByteHrs", "2", "10", unit),
        row(S3, "TimedStorage-ByteHrs", "1", "10"),
      ]);
      expect([figures.volumeBytes, figures.hotPercentage, figures.costPerTb]).toEqual([null, null, null]);
      expect(figures.warnings).toEqual([
        expect.stringContaining(`TimedStorage-SIA-ByteHrs is given in ${JSON.stringify(unit)}`),
      ]);
    },
  );

  it("has a volume although a refund on its usage type has no quantity", () => {
    const used = row(S3, "TimedStorage-ByteHrs", "23.55", "1024");
    const cold = row(S3, "TimedStorage-SIA-ByteHrs", "-0.5", "0", "N/A");
    for (const refund of [cold, { ...cold, quantity: null }]) {
      const { volumeBytes, cost, warnings, tiers } = storage([used, refund]);
      expect([volumeBytes, cost && moneyText(cost), warnings]).toEqual([1_099_511_627_776n, "23.05", []]);
      expect(tiers.map(({ volumeBytes: bytes }) => bytes)).toEqual([1_099_511_627_776n, 0n]);
    }
    expect(storage([{ ...used, quantity: null }]).volumeBytes).toBeNull();
  });

  it("is unknown where more was taken back than used: no volume is below nothing", () => {
    const { volumeBytes, cost, costPerTb, hotPercentage, warnings, tiers } = storage([
      row(S3, "TimedStorage-ByteHrs", "-1", "-100"),
      row(S3, "TimedStorage-SIA-ByteHrs", "6", "500"),
    ]);
    expect([volumeBytes, hotPercentage, costPerTb, cost && moneyText(cost)]).toEqual([null, null, null, "5"]);
    expect(tiers.map(({ tier, volumeBytes: bytes }) => [tier, bytes === null])).toEqual([
      ["Standard-IA", false],
      ["Standard", true],
    ]);
    expect(warnings).toEqual([expect.stringContaining("more of S3 Standard was taken back than used")]);
  });

  it("counts what costs without being volume in a line of its own, so that tiers sum to the cost", () => {
    const { cost, tiers } = storage([
      row(S3, "TimedStorage-ByteHrs", "1", "10"),
      row(S3, "EarlyDelete-SIA", "7", "300"),
      row(S3, "Requests-Tier1", "99", "1000", "Requests"),
    ]);
    expect(cost && moneyText(cost)).toBe("8");
    expect(tiers.map(({ tier, volumeBytes }) => [tier === OTHER_STORAGE, volumeBytes])).toEqual([
      [true, 0n],
      [false, 10n * 2n ** 30n],
    ]);
  });
});
