import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { moneyText, parseMoney, subtract } from "../money/index.ts";
import { chooseRate } from "./choose-rate.ts";
import { type PriceableChange, priceResources, type Rate, type RateKey, type RateSource } from "./index.ts";
import { aChange, listPriced } from "./testing/index.ts";

const ONE = 10n ** 12n;
const volume = (size: number, type = "gp3") => ({ type, size });
const deltaOf = (...changes: readonly PriceableChange[]) => moneyText(listPriced(changes).delta.expected);
const gateway = { connectivity_type: "public" };

describe("what a plan does to the bill", () => {
  it("of a NAT gateway is $32.85 a month, and data whose amount is not known: never 0", () => {
    const { resources, delta, isPartial } = listPriced([
      aChange({ type: "aws_nat_gateway", after: gateway }),
    ]);
    expect(moneyText(delta.expected)).toBe("32.85");
    expect(resources[0]?.status).toBe("usage-based");
    expect(resources[0]?.parts[1]).toMatchObject({
      usageKeys: ["monthly_data_processed_gb"],
      before: null,
      after: { quantity: null, quantityOrigin: null, cost: null, rate: { unit: "GB" } },
    });
    expect(isPartial).toBe(true);
  });

  it("of a replaced volume of 100 GB by one of 500 GB is one row: from $8 to $40", () => {
    const change = aChange({
      type: "aws_ebs_volume",
      action: "replace",
      before: volume(100),
      after: volume(500),
    });
    const { resources, before, after, delta } = listPriced([change]);
    expect(resources).toHaveLength(1);
    expect([before, after, delta].map(({ expected }) => moneyText(expected))).toEqual(["8", "40", "32"]);
  });

  it("is not known where the instance type is not, and unsupported and free types are counted apart", () => {
    const { resources, counts, isPartial, delta } = listPriced([
      aChange({ type: "aws_instance", after: {}, afterUnknown: { instance_type: true } }),
      aChange({ type: "aws_ivs_channel", after: {} }),
      aChange({ type: "aws_iam_role", after: {} }),
      aChange({ type: "aws_ebs_volume", after: volume(100) }),
    ]);
    expect(resources.map(({ status }) => status)).toEqual(["unknown", "unsupported", "free", "priced"]);
    expect(counts).toEqual({ unknown: 1, unsupported: 1, free: 1, priced: 1, "usage-based": 0 });
    expect(resources[0]).toMatchObject({ after: null, delta: null });
    expect(resources[0]?.notes).toEqual(["instance_type is known only after the apply."]);
    expect([isPartial, moneyText(delta.expected)]).toEqual([true, "8"]);
  });

  it("counts three of count = 3, and a deletion with a negative delta", () => {
    const each = [0, 1, 2].map((index) =>
      aChange({ type: "aws_ebs_volume", address: `aws_ebs_volume.data[${index}]`, after: volume(100) }),
    );
    expect(deltaOf(...each)).toBe("24");
    expect(deltaOf(aChange({ type: "aws_ebs_volume", action: "delete", before: volume(100) }))).toBe("-8");
  });

  it("has what does not change in its totals, with a delta of 0", () => {
    const same = volume(100);
    const { before, after, delta, isDeltaPartial } = listPriced([
      aChange({ type: "aws_ebs_volume", action: "no-op", before: same, after: same }),
    ]);
    expect([before, after, delta].map(({ expected }) => moneyText(expected))).toEqual(["8", "8", "0"]);
    expect(isDeltaPartial).toBe(false);
  });

  it("prices a plan without a change by what is written, where it says more than the state", () => {
    const change = aChange({
      type: "aws_ebs_volume",
      action: "no-op",
      before: volume(50),
      after: volume(5000),
    });
    const { after, delta } = listPriced([change]);
    expect([after, delta].map(({ expected }) => moneyText(expected))).toEqual(["400", "0"]);
  });

  it("of a forgotten resource is nothing: it stays on the bill", () => {
    const { resources, after, delta } = listPriced([
      aChange({ type: "aws_ebs_volume", action: "forget", before: volume(100) }),
    ]);
    expect([after, delta].map(({ expected }) => moneyText(expected))).toEqual(["8", "0"]);
    expect(resources[0]?.notes).toEqual([
      "The resource stays on the bill: the plan only leaves it out of the state.",
    ]);
  });

  it("of an unknown cost whose charges stay the same is 0: a tag changed", () => {
    const function_ = { memory_size: 128, tags: {} };
    const { resources, isDeltaPartial, isPartial } = listPriced([
      aChange({
        type: "aws_lambda_function",
        action: "update",
        before: function_,
        after: { ...function_, tags: { App: "web" } },
      }),
    ]);
    expect(resources[0]?.before).toBeNull();
    expect(resources[0]?.notes).toContain(
      "Requests: the cost depends on usage. Give monthly_requests in the usage file.",
    );
    expect(resources[0]?.delta?.expected.units).toBe(0n);
    expect([isDeltaPartial, isPartial]).toEqual([false, true]);
  });

  it("of an unknown cost whose charges change is not known", () => {
    const { resources, isDeltaPartial } = listPriced([
      aChange({
        type: "aws_lambda_function",
        action: "update",
        before: { memory_size: 128 },
        after: { memory_size: 256 },
      }),
    ]);
    expect(resources[0]?.delta).toBeNull();
    expect(isDeltaPartial).toBe(true);
  });

  it("does not know what an action of a later version does", () => {
    const change = aChange({ type: "aws_ebs_volume", action: "other", before: volume(1), after: volume(2) });
    expect(listPriced([change]).resources[0]).toMatchObject({ status: "unknown", delta: null });
  });

  it("counts data sources as free, of any type", () => {
    const change = aChange({ type: "aws_instance", mode: "data", action: "read", after: {} });
    expect(listPriced([change]).resources[0]?.status).toBe("free");
  });

  it("is not known in a region without a price, or where the region is not decided", () => {
    const change = aChange({ type: "aws_ebs_volume", after: volume(1) });
    const [elsewhere] = listPriced([{ ...change, region: "ap-east-2" }]).resources;
    expect(elsewhere?.status).toBe("unknown");
    expect(elsewhere?.notes).toEqual([
      "No price is known for Storage, gp3: AmazonEC2 EBS:VolumeUsage.gp3, by GB-Mo.",
    ]);
    expect(listPriced([{ ...change, region: null }]).resources[0]?.notes).toEqual([
      "region is not decided by the plan.",
    ]);
  });

  it("keeps a range: the same end of it before and after", () => {
    const scaled = (min_size: number, max_size: number) => ({
      min_size,
      desired_capacity: min_size,
      max_size,
      launch_configuration: "web",
    });
    const changes = [
      aChange({
        type: "aws_autoscaling_group",
        action: "update",
        before: scaled(1, 2),
        after: scaled(1, 4),
      }),
      aChange({
        type: "aws_launch_configuration",
        action: "no-op",
        before: { name: "web", instance_type: "t2.medium" },
        after: { name: "web", instance_type: "t2.medium" },
      }),
    ];
    const { delta } = listPriced(changes);
    const texts = [delta.low, delta.expected, delta.high].map((cost) => moneyText(cost));
    expect(texts).toEqual(["0", "0", "67.744"]);
  });

  it("adds up exactly, whatever the changes", () => {
    const values = fc.oneof(
      fc.constant(null),
      fc.record({
        type: fc.constantFrom("gp2", "gp3", "io1", "standard", "unheard-of"),
        size: fc.double({ min: 1, max: 16_384, noNaN: true }),
        iops: fc.integer({ min: 100, max: 64_000 }),
      }),
    );
    const change = fc.record({
      type: fc.constantFrom("aws_ebs_volume", "aws_iam_role", "aws_ivs_channel"),
      action: fc.constantFrom("create", "update", "delete", "replace", "no-op", "forget", "other" as const),
      before: values,
      after: values,
      deposed: fc.constantFrom(null, "00000000"),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 20 }), (all) => {
        const priced = listPriced(all.map((one) => aChange(one)));
        const deltas = priced.resources.map(({ delta }) => delta?.expected.units ?? 0n);
        expect(deltas.reduce((sum, units) => sum + units, 0n)).toBe(priced.delta.expected.units);
        for (const end of ["low", "expected", "high"] as const) {
          expect(subtract(priced.after[end], priced.before[end])).toEqual(priced.delta[end]);
        }
        const counted = Object.values(priced.counts).reduce((sum, count) => sum + count, 0);
        expect(counted).toBe(all.length);
      }),
    );
  });
});

const rate = (price: string, quantity = ONE): Rate => ({
  unit: "Hrs",
  tiers: [{ from: 0n, cost: parseMoney(price, "USD"), quantity }],
  origin: { kind: "observed", through: "2026-11-30", days: 30 },
});
const source = (found: Rate | null): RateSource => ({ rateOf: (_: RateKey) => found });
const key = { service: "AmazonEC2", usageFamily: "NatGateway-Hours", region: "us-east-1", operation: null };
const asked = { unit: "Hours", currency: "USD" };

describe("a rate", () => {
  const chosen = (observed: Rate | null, list: Rate | null) =>
    chooseRate({ observed: source(observed), list: source(list) }, key, asked);

  it("is what the account paid, else the list price, else unknown", () => {
    expect(chosen(rate("0.04"), rate("0.045"))).toEqual(rate("0.04"));
    expect(chosen(null, rate("0.045"))).toEqual(rate("0.045"));
    expect(chosen(rate("0.04"), null)).toEqual(rate("0.04"));
    expect(chosen(null, null)).toBeNull();
    expect(chooseRate({ observed: null, list: null }, key, asked)).toBeNull();
  });

  it.each([
    ["0.01", "0.045"],
    ["0.01124", "0.045"],
    ["0.01125", "0.01125"],
    ["0.04725", "0.04725"],
    ["0.0473", "0.045"],
  ])(
    "of %s that was paid beside a list price of 0.045 is %s: between 25 and 105 percent is believed",
    (paid, price) => {
      expect(chosen(rate(paid), rate("0.045"))).toEqual(rate(price));
    },
  );

  it("of another unit or currency is not used", () => {
    const euros: Rate = {
      ...rate("0.04"),
      tiers: [{ from: 0n, cost: parseMoney("0.04", "EUR"), quantity: ONE }],
    };
    expect(chosen(euros, rate("0.045"))).toEqual(rate("0.045"));
    expect(chosen({ ...rate("0.04"), unit: "GB" }, null)).toBeNull();
  });

  it("that was observed pays exactly its share: $10 for 3 hours", () => {
    const third = rate("10", 3n * ONE);
    const { delta } = priceResources({
      changes: [aChange({ type: "aws_eks_cluster", after: {} })],
      rates: { observed: { rateOf: () => third }, list: null },
      usage: null,
      comparable: null,
      currency: "USD",
    });
    // 10 × 730 ÷ 3
    expect(moneyText(delta.expected)).toBe("2433.333333333333");
  });
});

describe("usage", () => {
  const change = aChange({ type: "aws_nat_gateway", after: gateway });
  const dataPart = (
    comparable: Parameters<typeof priceResources>[0]["comparable"],
    gb: readonly [bigint, bigint] | null,
  ) => {
    const usage = gb === null ? null : { of: () => ({ low: gb[0] * ONE, high: gb[1] * ONE }) };
    const list: RateSource = { rateOf: () => ({ ...rate("0.045"), unit: "GB" }) };
    const { resources } = priceResources({
      changes: [change],
      rates: { observed: null, list },
      usage,
      comparable,
      currency: "USD",
    });
    return resources[0]?.parts[1]?.after;
  };
  const observed = { perHour: () => ({ usage: 2n * ONE, hours: ONE }) };

  it("is the usage file's, else that of comparable resources for 730 hours, else unknown", () => {
    expect(dataPart(observed, [100n, 100n])).toMatchObject({
      quantityOrigin: "usage-file",
      quantity: { expected: 100n * ONE },
    });
    expect(dataPart(observed, null)).toMatchObject({
      quantityOrigin: "comparable-resources",
      quantity: { expected: 1460n * ONE },
    });
    expect(dataPart(null, null)).toMatchObject({ quantityOrigin: null, quantity: null });
  });

  it("may be a range: its middle is expected", () => {
    expect(dataPart(null, [100n, 300n])).toMatchObject({
      quantity: { low: 100n * ONE, expected: 200n * ONE, high: 300n * ONE },
      cost: {
        low: parseMoney("4.5", "USD"),
        expected: parseMoney("9", "USD"),
        high: parseMoney("13.5", "USD"),
      },
    });
  });
});
