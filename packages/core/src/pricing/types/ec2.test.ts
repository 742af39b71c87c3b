import { describe, expect, it } from "vitest";
import { moneyText } from "../../money/index.ts";
import type { JsonValue } from "../index.ts";
import { aChange, listPriced, monthlyAfter, partsOf } from "../testing/index.ts";

const instance = (after: Readonly<Record<string, JsonValue>>, afterUnknown: JsonValue = {}) =>
  listPriced([aChange({ type: "aws_instance", after, afterUnknown })]);

// Published costs: infracost@95ba4f49a, instance_test.golden. t3.micro and m5.xlarge: karpenter-provider-aws@1d927085.
describe("an instance", () => {
  it.each([
    ["t3.medium", "30.368"],
    ["m3.large", "97.09"],
    ["m5.4xlarge", "560.64"],
    ["r3.xlarge", "243.09"],
    ["t3.micro", "7.592"],
    ["m5.xlarge", "140.16"],
  ])("of %s costs $%s a month", (instance_type, cost) => {
    expect(monthlyAfter(instance({ instance_type }))).toBe(cost);
  });

  it("has a root disk that the plan does not know: 8 GB of gp2, and the result says so", () => {
    const priced = instance(
      { instance_type: "t3.medium" },
      { root_block_device: true, ebs_block_device: true, tenancy: true, monitoring: true, ami: true },
    );
    expect(partsOf(priced)).toEqual([
      ["Instance, t3.medium, Linux, on demand", "30.368"],
      ["Root disk, gp2", "0.8"],
    ]);
    expect(priced.resources[0]?.notes).toEqual([
      "Priced as Linux without a license: the plan does not say which platform the AMI has.",
      "root_block_device.0.volume_type is not in the plan: priced as gp2, which the AMI decides: 8 GB of gp2 is what most images have.",
      "root_block_device.0.volume_size is not in the plan: priced as 8, which the AMI decides: 8 GB of gp2 is what most images have.",
    ]);
  });

  it("has the disks of its blocks", () => {
    const priced = instance({
      instance_type: "m3.medium",
      root_block_device: [{ volume_size: 10, volume_type: "gp2" }],
      ebs_block_device: [
        { volume_size: 10, volume_type: "gp2" },
        { volume_size: 40, volume_type: "io1", iops: 1000 },
        { volume_size: 20, volume_type: "gp3", iops: 3000, throughput: 125 },
      ],
    });
    expect(partsOf(priced).slice(1)).toEqual([
      ["Root disk, gp2", "1"],
      ["Volume, gp2", "1"],
      ["Volume, io1", "5"],
      ["Volume, IOPS", "65"],
      ["Volume, gp3", "1.6"],
    ]);
  });

  it("pays for detailed monitoring, for EBS optimization of old types, for a public address", () => {
    const priced = instance({
      instance_type: "r3.xlarge",
      monitoring: true,
      ebs_optimized: true,
      associate_public_ip_address: true,
    });
    expect(partsOf(priced).slice(1)).toEqual([
      ["EBS optimization", "14.6"],
      ["Detailed monitoring", "2.1"],
      ["Public IPv4 address", "3.65"],
    ]);
    expect(monthlyAfter(instance({ instance_type: "m5.xlarge", ebs_optimized: true }))).toBe("140.16");
  });

  it("of an unlimited burstable type pays for CPU credits only where the usage file says so", () => {
    const after = { instance_type: "t3.medium", credit_specification: [{ cpu_credits: "unlimited" }] };
    expect(monthlyAfter(instance(after))).toBe("30.368");
    const change = aChange({ type: "aws_instance", after });
    expect(partsOf(listPriced([change], { monthly_cpu_credit_hrs: 1460n }))[1]).toEqual([
      "CPU credits",
      "73",
    ]);
  });

  it("on a dedicated host costs its disks alone; with dedicated tenancy it has another price", () => {
    const disks = { root_block_device: [{ volume_size: 50, volume_type: "gp2" }] };
    expect(monthlyAfter(instance({ instance_type: "m3.medium", tenancy: "host", ...disks }))).toBe("5");
    expect(monthlyAfter(instance({ instance_type: "m3.medium", tenancy: "dedicated" }))).toBe("54.02");
  });

  it("is unknown where its type is, or where the market is Spot, whose price nobody lists", () => {
    expect(monthlyAfter(instance({}, { instance_type: true }))).toBe("unknown");
    const spot = { instance_type: "t3.medium", instance_market_options: [{ market_type: "spot" }] };
    const priced = instance(spot);
    expect(monthlyAfter(priced)).toBe("unknown");
    expect(priced.resources[0]?.notes).toContain(
      "No price is known for Instance, t3.medium, Linux, spot: AmazonEC2 SpotUsage:t3.medium, by Hrs.",
    );
  });

  it("that grows from t3.micro to m5.xlarge adds $132.568 a month", () => {
    const change = aChange({
      type: "aws_instance",
      action: "update",
      before: { instance_type: "t3.micro" },
      after: { instance_type: "m5.xlarge" },
    });
    expect(moneyText(listPriced([change]).delta.expected)).toBe("132.568");
  });

  it("that drifts from t3.micro to m5.4xlarge adds $553.048 a month", () => {
    const change = aChange({
      type: "aws_instance",
      action: "update",
      before: { instance_type: "t3.micro" },
      after: { instance_type: "m5.4xlarge" },
    });
    expect(moneyText(listPriced([change]).delta.expected)).toBe("553.048");
  });
});

describe("a public IPv4 address", () => {
  it("costs $0.005 an hour, whether it is used or not; an own one costs nothing", () => {
    const address = (after: Readonly<Record<string, JsonValue>>) =>
      listPriced([aChange({ type: "aws_eip", after })]);
    expect(monthlyAfter(address({ domain: "vpc" }))).toBe("3.65");
    expect(address({ public_ipv4_pool: "ipv4pool-ec2-1" }).resources[0]?.status).toBe("free");
  });
});
