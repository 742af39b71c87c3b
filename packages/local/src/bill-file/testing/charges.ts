import { addDays } from "@dapanoskop/core/calendar";
import { parseMoney } from "@dapanoskop/core/money";
import type { Charge } from "@dapanoskop/core/source";

const usd = (units: bigint) => ({ units, currency: "USD" });

export function aCharge(charge: Partial<Charge> = {}): Charge {
  return {
    day: "2026-02-03",
    service: "Amazon Simple Storage Service",
    usageType: "EUC1-TimedStorage-ByteHrs",
    chargeType: "Usage",
    dimensions: { linkedAccount: "012345678901", region: "eu-central-1", operation: "StandardStorage" },
    tags: new Map(),
    costCategories: new Map(),
    cost: parseMoney("1", "USD"),
    quantity: null,
    ...charge,
  };
}

/** Charges of two months that repeat exactly: services, types, tags and categories in every combination that matters. */
export function someCharges(count: number): readonly Charge[] {
  const pick = chance();
  const one = <T>(values: readonly T[]): T => values[pick(values.length)] as T;
  return Array.from({ length: count }, (): Charge => {
    const [service, usageType, unit] = one(USES);
    const cost = BigInt(pick(2_000_000_000) - 200_000_000) * 100n;
    const app = one([null, "web", "shop", "a$b", "Ünïcødé 🧾", "__proto__", '"quoted", comma']);
    const center = one([null, "Center A", "Center B"]);
    const dimensions = {
      linkedAccount: one(["012345678901", "111122223333"]),
      region: one(["eu-central-1", "us-east-1"]),
      operation: one(["RunInstances", "PutObject"]),
    };
    return aCharge({
      day: addDays("2026-01-20", pick(40)),
      service,
      usageType,
      chargeType: service === "Tax" ? "Tax" : one(["Usage", "Usage", "Credit"]),
      dimensions,
      tags: new Map([
        ...(app === null ? [] : ([["App", app]] as const)),
        ...(pick(2) === 0 ? [] : ([["CostOwner", one(["ops", "dev"])]] as const)),
      ]),
      costCategories: new Map(center === null ? [] : [["CostCenter", center]]),
      cost: usd(cost),
      costs: { BlendedCost: usd(cost + 1_000_000n), AmortizedCost: usd(cost) },
      quantity: unit === null ? null : { units: BigInt(pick(1_000_000)) * 1_000_000n, unit },
    });
  });
}

const USES: readonly (readonly [service: string, usageType: string, unit: string | null])[] = [
  ["Amazon Elastic Compute Cloud - Compute", "EUC1-BoxUsage:t3.micro", "Hrs"],
  ["Amazon Elastic Compute Cloud - Compute", "SpotUsage:m5.large", "Hrs"],
  ["EC2 - Other", "EUC1-EBS:VolumeUsage.gp3", "GB-Mo"],
  ["EC2 - Other", "EUC1-NatGateway-Hours", "Hrs"],
  ["Amazon Simple Storage Service", "EUC1-TimedStorage-ByteHrs", "GB-Mo"],
  ["Amazon Simple Storage Service", "Requests-Tier1", "Requests"],
  ["Tax", "NoUsageType", null],
];

/** Numbers below `limit` that look random and are the same on every run. */
function chance(): (limit: number) => number {
  let state = 0x2545f491;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}
