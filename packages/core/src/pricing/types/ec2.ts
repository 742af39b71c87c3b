import { fixed, monthHours, monthly } from "../charge.ts";
import type { ResourceCharge, ResourceReader, ResourceType } from "../resource-type.ts";
import { UnknownValueError } from "../unknown-value.ts";
import { blockPaths, volumeCharges } from "./ebs-volume-charges.ts";
import {
  assumeLinux,
  cpuCredits,
  detailedMonitoring,
  ebsOptimization,
  instanceHours,
} from "./instance-charges.ts";
import { templateVolumes } from "./launch-template.ts";

const address = () =>
  monthly("Public IPv4 address", "AmazonVPC", "PublicIPv4:InUseAddress", "Hrs", monthHours());

function instanceCharges(resource: ResourceReader): readonly ResourceCharge[] {
  const template =
    resource.related("launch_template.0.id", "aws_launch_template") ??
    resource.related("launch_template.0.name", "aws_launch_template");
  const instanceType = resource.text("instance_type") ?? template?.text("instance_type") ?? null;
  if (instanceType === null) throw new UnknownValueError("instance_type", "is not in the plan");
  const tenancy = resource.text("tenancy");
  const charges: ResourceCharge[] = [];
  if (tenancy === "host")
    resource.note("The instance is on a dedicated host: the host is charged, not the instance.");
  else {
    charges.push(
      instanceHours({
        instanceType,
        market: marketOf(resource, "instance_market_options.0.market_type"),
        isDedicated: tenancy === "dedicated",
        platform: resource.flag("get_password_data") === true ? "Windows" : assumeLinux(resource),
        each: fixed,
      }),
      ...cpuCredits(instanceType, resource.text("credit_specification.0.cpu_credits")),
    );
  }
  if (resource.flag("ebs_optimized") === true) charges.push(...ebsOptimization(instanceType));
  if (resource.flag("monitoring") === true) charges.push(detailedMonitoring());
  if (resource.flag("associate_public_ip_address") === true) charges.push(address());
  return [
    ...charges,
    ...diskCharges(resource),
    ...(template === null ? [] : templateVolumes(template, fixed)),
  ];
}

function marketOf(resource: ResourceReader, path: string): "on-demand" | "spot" {
  return resource.text(path) === "spot" ? "spot" : "on-demand";
}

/** The root disk and the other volumes of an instance or of a launch configuration. */
function diskCharges(resource: ResourceReader): readonly ResourceCharge[] {
  const disks = (block: string, name: string) =>
    Array.from({ length: resource.count(block) }, (_, at) =>
      volumeCharges(resource, name, blockPaths(`${block}.${at}`)),
    ).flat();
  return [...disks("root_block_device", "Root disk"), ...disks("ebs_block_device", "Volume")];
}

export const ec2Types: readonly ResourceType[] = [
  { type: "aws_instance", isFree: false, charges: instanceCharges },
  {
    type: "aws_spot_instance_request",
    isFree: false,
    // The price of spot capacity changes by the hour: only what the account paid for it is known.
    charges: (resource) => {
      const instanceType = resource.text("instance_type");
      if (instanceType === null) throw new UnknownValueError("instance_type", "is not in the plan");
      const platform = assumeLinux(resource);
      return [
        instanceHours({ instanceType, market: "spot", isDedicated: false, platform, each: fixed }),
        ...diskCharges(resource),
      ];
    },
  },
  {
    type: "aws_eip",
    isFree: false,
    charges: (resource) => {
      const pool = resource.isUnknown("public_ipv4_pool") ? null : resource.text("public_ipv4_pool");
      if (pool === null || pool === "amazon") return [address()];
      resource.note("The address is the account's own, so AWS does not charge it.");
      return [];
    },
  },
];
