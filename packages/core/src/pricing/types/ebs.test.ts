import { describe, expect, it } from "vitest";
import { aChange, listPriced, monthlyAfter, partsOf } from "../testing/index.ts";

const volume = (after: Readonly<Record<string, string | number | null>>, afterUnknown = {}) =>
  listPriced([aChange({ type: "aws_ebs_volume", after, afterUnknown })]);

// Published costs: infracost@95ba4f49a, ebs_volume_test.golden.
describe("an EBS volume", () => {
  it.each([
    [{ type: "gp2", size: 10 }, "1"],
    [{ type: "gp3", size: 40, iops: 4000, throughput: 130 }, "8.4"],
    [{ type: "gp3", size: 40 }, "3.2"],
    [{ type: "io1", size: 30, iops: 300 }, "23.25"],
    [{ type: "io2", size: 30, iops: 300 }, "23.25"],
    [{ type: "st1", size: 40 }, "1.8"],
    [{ type: "sc1", size: 50 }, "0.75"],
  ])("of %j costs $%s a month", (after, cost) => {
    const priced = volume(after);
    expect([monthlyAfter(priced), priced.resources[0]?.status]).toEqual([cost, "priced"]);
  });

  it("of gp3 has its IOPS and its throughput as parts of their own", () => {
    expect(partsOf(volume({ type: "gp3", size: 40, iops: 4000, throughput: 130 }))).toEqual([
      ["Storage, gp3", "3.2"],
      ["Storage, IOPS above 3,000", "5"],
      ["Storage, throughput above 125 MiB/s", "0.2"],
    ]);
  });

  it("of magnetic disk pays for requests, which a plan does not tell", () => {
    const priced = volume({ type: "standard", size: 20 });
    expect([monthlyAfter(priced), priced.resources[0]?.status]).toEqual(["1", "usage-based"]);
    expect(partsOf(priced)).toEqual([
      ["Storage, standard", "1"],
      ["Storage, I/O requests", null],
    ]);
    const after = { type: "standard", size: 20 };
    const change = aChange({ type: "aws_ebs_volume", after });
    expect(monthlyAfter(listPriced([change], { monthly_standard_io_requests: 1_000_000n }))).toBe("1.05");
  });

  it("without a type is gp2, and the result says who decides that", () => {
    const priced = volume({ size: 10 }, { type: true, iops: true, throughput: true });
    expect(monthlyAfter(priced)).toBe("1");
    expect(priced.resources[0]?.notes).toEqual([
      "type is not in the plan: priced as gp2, the default of AWS.",
    ]);
  });

  it("is unknown where its size or the IOPS of io1 are", () => {
    expect(monthlyAfter(volume({ type: "gp2" }, { size: true }))).toBe("unknown");
    expect(monthlyAfter(volume({ type: "io1", size: 10 }, { iops: true }))).toBe("unknown");
    expect(monthlyAfter(volume({ type: "gp9", size: 10 }))).toBe("unknown");
  });
});

describe("a snapshot", () => {
  it("costs what it stores, which a plan does not tell", () => {
    const change = aChange({ type: "aws_ebs_snapshot", after: {} });
    expect(monthlyAfter(listPriced([change]))).toBe("usage-based");
    // infracost@95ba4f49a, ebs_snapshot_test.golden: 10 GB for $0.50.
    expect(monthlyAfter(listPriced([change], { size_gb: 10n }))).toBe("0.5");
  });
});
