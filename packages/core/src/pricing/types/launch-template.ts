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
  const tenancy = tenancyOf(template);
  const isDedicated = tenancy === "dedicated";
  const isSpot = template.text("instance_market_options.0.market_type") === "spot";
  const hours = (market: "on-demand" | "spot", each: InstanceUse["each"]) =>
    instanceHours({ instanceType: type, market: isSpot ? "spot" : market, isDedicated, platform, each });
  const instances = () => [
    ...(size.onDemand === null ? [] : [hours("on-demand", size.onDemand)]),
    ...(size.spot === null ? [] : [hours("spot", size.spot)]),
    ...cpuCredits(type, template.text("credit_specification.0.cpu_credits")),
  ];
  if (tenancy === "host") {
    group.note("The instances are on dedicated hosts: the hosts are charged, not the instances.");
  }
  return [
    ...(tenancy === "host" ? [] : instances()),
    ...(isEbsOptimized(template) ? ebsOptimization(type, size.all) : []),
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
  replaced: ReadonlySet<string | null> = new Set(),
): readonly ResourceCharge[] {
  const count = template.count("block_device_mappings");
  if (count === 0) template.note("The launch template maps no volume: the AMI's own disks are not priced.");
  const mappings = Array.from({ length: count }, (_, at) => `block_device_mappings.${at}`);
  const isReplaced = (mapping: string) =>
    replaced.size > 0 && replaced.has(template.text(`${mapping}.device_name`));
  return mappings.flatMap((mapping) => {
    const block = `${mapping}.ebs.0`;
    return isReplaced(mapping) || template.number(`${block}.volume_size`) === null
      ? []
      : volumeCharges(template, "Volume", { ...blockPaths(block), each });
  });
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

/** Of a launch template; `null` where there is none, or where it states none. */
export const templateTenancy = (template: ResourceReader | null): string | null =>
  template?.text("placement.0.tenancy") ?? null;

const tenancyOf = (template: ResourceReader): string | null =>
  template.type === "aws_launch_template" ? templateTenancy(template) : template.text("placement_tenancy");

/** Whether instances have detailed monitoring: by a launch template, a launch configuration or an instance. */
export const isMonitored = (of: ResourceReader): boolean =>
  of.flag(MONITORING[of.type] ?? "enable_monitoring") === true;

const MONITORING: Readonly<Record<string, string>> = {
  aws_launch_template: "monitoring.0.enabled",
  aws_instance: "monitoring",
};

/** A launch template states it as text. */
export const isEbsOptimized = (of: ResourceReader): boolean =>
  of.type === "aws_launch_template" ? of.text("ebs_optimized") === "true" : of.flag("ebs_optimized") === true;
