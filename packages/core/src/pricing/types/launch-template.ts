import type { ChargeQuantity, ResourceCharge, ResourceReader } from "../resource-type.ts";
import { UnknownValueError } from "../unknown-value.ts";
import { blockPaths, volumeCharges } from "./ebs-volume-charges.ts";
import {
  assumeLinux,
  cpuCredits,
  detailedMonitoring,
  ebsOptimization,
  type InstanceUse,
  instanceHours,
} from "./instance-charges.ts";

/** How many instances of each market a group runs: scales the quantity of one. */
export interface GroupSize {
  readonly onDemand: InstanceUse["each"] | null;
  readonly spot: InstanceUse["each"] | null;
  readonly all: InstanceUse["each"];
}

/**
 * The charges of instances that are started from a launch template or a launch configuration.
 * @param instanceType where the group overrides the template's
 */
export function templateCharges(
  template: ResourceReader,
  group: ResourceReader,
  size: GroupSize,
  instanceType: string | null,
): readonly ResourceCharge[] {
  const type = instanceType ?? template.text("instance_type");
  if (type === null) throw new UnknownValueError("instance_type", "is in neither the group nor its template");
  const platform = assumeLinux(group);
  const isDedicated = tenancyOf(template) === "dedicated";
  const isSpot = template.text("instance_market_options.0.market_type") === "spot";
  const hours = (market: "on-demand" | "spot", each: InstanceUse["each"]) =>
    instanceHours({ instanceType: type, market: isSpot ? "spot" : market, isDedicated, platform, each });
  return [
    ...(size.onDemand === null ? [] : [hours("on-demand", size.onDemand)]),
    ...(size.spot === null ? [] : [hours("spot", size.spot)]),
    ...cpuCredits(type, template.text("credit_specification.0.cpu_credits")),
    // A launch template states it as text.
    ...(isTrue(template, "ebs_optimized") ? ebsOptimization(type, size.all) : []),
    ...(isMonitored(template) ? [detailedMonitoring(size.all)] : []),
    ...(template.type === "aws_launch_template"
      ? templateVolumes(template, size.all)
      : configurationVolumes(template, size.all)),
  ];
}

/** The volumes that a launch template maps. Without any, the AMI's own disks are not priced, which the result says. */
export function templateVolumes(
  template: ResourceReader,
  each: (quantityOfOne: number) => ChargeQuantity,
): readonly ResourceCharge[] {
  const count = template.count("block_device_mappings");
  if (count === 0) template.note("The launch template maps no volume: the AMI's own disks are not priced.");
  return Array.from({ length: count }, (_, at) => `block_device_mappings.${at}.ebs.0`).flatMap((block) =>
    template.number(`${block}.volume_size`) === null
      ? []
      : volumeCharges(template, "Volume", { ...blockPaths(block), each }),
  );
}

function configurationVolumes(
  configuration: ResourceReader,
  each: (quantityOfOne: number) => ChargeQuantity,
): readonly ResourceCharge[] {
  const disks = (block: string, name: string) =>
    Array.from({ length: configuration.count(block) }, (_, at) =>
      volumeCharges(configuration, name, { ...blockPaths(`${block}.${at}`), each }),
    ).flat();
  return [...disks("root_block_device", "Root disk"), ...disks("ebs_block_device", "Volume")];
}

const tenancyOf = (template: ResourceReader): string | null =>
  template.type === "aws_launch_template"
    ? template.text("placement.0.tenancy")
    : template.text("placement_tenancy");

const isMonitored = (template: ResourceReader): boolean =>
  template.type === "aws_launch_template"
    ? template.flag("monitoring.0.enabled") === true
    : template.flag("enable_monitoring") === true;

const isTrue = (template: ResourceReader, path: string): boolean =>
  template.type === "aws_launch_template" ? template.text(path) === "true" : template.flag(path) === true;
