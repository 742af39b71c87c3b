import { fixed, monthly, usage } from "../charge.ts";
import type { ChargeQuantity, ResourceCharge, ResourceReader } from "../resource-type.ts";
import { UnknownValueError } from "../unknown-value.ts";
import { givenNumber, requiredNumber } from "./required.ts";

/** Where a resource states a volume, and how many such volumes it has. */
export interface VolumePaths {
  readonly size: string;
  readonly type: string;
  readonly iops: string;
  readonly throughput: string;
  /** Scales a quantity of one volume: an autoscaled group has a range of volumes. */
  readonly each?: (quantityOfOne: number) => ChargeQuantity;
}

/** The paths of a block such as `root_block_device.0`. */
export const blockPaths = (block: string, prefix = "volume_"): VolumePaths => ({
  size: `${block}.${prefix}size`,
  type: `${block}.${prefix}type`,
  iops: `${block}.iops`,
  throughput: `${block}.throughput`,
});

/** What a gp3 volume includes: https://aws.amazon.com/ebs/pricing/ */
const GP3_IOPS = 3000;
const GP3_MIBPS = 125;

/** IOPS of io2 that are charged by each of its usage types: https://aws.amazon.com/ebs/pricing/ */
const IO2_STEPS: readonly (readonly [family: string, from: number, to: number])[] = [
  ["EBS:VolumeP-IOPS.io2", 0, 32_000],
  ["EBS:VolumeP-IOPS.io2.tier2", 32_000, 64_000],
  ["EBS:VolumeP-IOPS.io2.tier3", 64_000, Number.MAX_SAFE_INTEGER],
];

/** What AWS names the storage of a volume type in a usage type. */
const STORAGE_FAMILIES: Readonly<Record<string, string>> = {
  gp2: "EBS:VolumeUsage.gp2",
  gp3: "EBS:VolumeUsage.gp3",
  io1: "EBS:VolumeUsage.piops",
  io2: "EBS:VolumeUsage.io2",
  st1: "EBS:VolumeUsage.st1",
  sc1: "EBS:VolumeUsage.sc1",
  standard: "EBS:VolumeUsage",
};

/** The charges of an EBS volume: storage, and what it has beyond what its type includes. @throws UnknownValueError */
export function volumeCharges(
  resource: ResourceReader,
  name: string,
  paths: VolumePaths,
): readonly ResourceCharge[] {
  const type = resource.text(paths.type) ?? "gp2";
  const size = resource.number(paths.size);
  if (size === null) throw new UnknownValueError(paths.size, "is not in the plan");
  const storage = Object.hasOwn(STORAGE_FAMILIES, type) ? STORAGE_FAMILIES[type] : undefined;
  if (storage === undefined) throw new UnknownValueError(paths.type, `is ${type}, which has no price model`);
  const each = paths.each ?? fixed;
  const ec2 = (what: string, family: string, unit: string, quantity: ChargeQuantity) =>
    monthly(`${name}, ${what}`, "AmazonEC2", family, unit, quantity);
  const charges = [ec2(type, storage, "GB-Mo", each(size))];
  const beyond = (path: string, included: number) =>
    Math.max(0, (givenNumber(resource, path) ?? included) - included);
  if (type === "gp3") {
    const [iops, throughput] = [beyond(paths.iops, GP3_IOPS), beyond(paths.throughput, GP3_MIBPS)];
    if (iops > 0) charges.push(ec2("IOPS above 3,000", "EBS:VolumeP-IOPS.gp3", "IOPS-Mo", each(iops)));
    // AWS bills GiB/s, a volume states MiB/s.
    if (throughput > 0) {
      const family = "EBS:VolumeP-Throughput.gp3";
      charges.push(ec2("throughput above 125 MiB/s", family, "GiBps-mo", each(throughput / 1024)));
    }
  }
  if (type === "io1") {
    charges.push(
      ec2("IOPS", "EBS:VolumeP-IOPS.piops", "IOPS-Mo", each(provisionedIops(resource, paths.iops))),
    );
  }
  if (type === "io2") {
    const iops = provisionedIops(resource, paths.iops);
    for (const [family, from, to] of IO2_STEPS) {
      const within = Math.min(iops, to) - from;
      if (within > 0) charges.push(ec2("IOPS", family, "IOPS-Mo", each(within)));
    }
  }
  if (type === "standard") {
    charges.push(ec2("I/O requests", "EBS:VolumeIOUsage", "IOs", usage("monthly_standard_io_requests")));
  }
  return charges;
}

function provisionedIops(resource: ResourceReader, path: string): number {
  return requiredNumber(resource, path);
}
