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
import { isEbsOptimized, isMonitored, templateTenancy, templateVolumes } from "./launch-template.ts";

const address = () =>
  monthly("Public IPv4 address", "AmazonVPC", "PublicIPv4:InUseAddress", "Hrs", monthHours());

/** The same in an instance and in a launch template. */
const MARKET = "instance_market_options.0.market_type";
const CREDITS = "credit_specification.0.cpu_credits";

function instanceCharges(resource: ResourceReader): readonly ResourceCharge[] {
  const template =
    resource.related("launch_template.0.id", "aws_launch_template") ??
    resource.related("launch_template.0.name", "aws_launch_template");
  // What the instance does not state, its template decides: the plan knows it only after the apply.
  const leftTo = (path: string) => (template !== null && resource.isUnknown(path) ? template : null);
  const instanceType =
    (leftTo("instance_type") ?? resource).text("instance_type") ?? template?.text("instance_type") ?? null;
  if (instanceType === null) throw new UnknownValueError("instance_type", "is not in the plan");
  const tenancy = templateTenancy(leftTo("tenancy")) ?? resource.text("tenancy");
  const charges: ResourceCharge[] = [];
  const isOnHost =
    tenancy === "host" || (!resource.isUnknown("host_id") && (resource.text("host_id") ?? "") !== "");
  if (isOnHost) resource.note("The instance is on a dedicated host: the host is charged, not the instance.");
  else {
    charges.push(
      instanceHours({
        instanceType,
        market: marketOf(leftTo(MARKET) ?? resource),
        isDedicated: tenancy === "dedicated",
        platform: resource.flag("get_password_data") === true ? "Windows" : assumeLinux(resource),
        each: fixed,
      }),
      ...cpuCredits(instanceType, resource.text(CREDITS) ?? template?.text(CREDITS) ?? null),
    );
  }
  if (isEbsOptimized(leftTo("ebs_optimized") ?? resource)) charges.push(...ebsOptimization(instanceType));
  if (isMonitored(leftTo("monitoring") ?? resource)) charges.push(detailedMonitoring());
  if (resource.flag("associate_public_ip_address") === true) charges.push(address());
  return [
    ...charges,
    ...diskCharges(resource),
    ...(template === null ? [] : templateVolumes(template, fixed, deviceNames(resource))),
  ];
}

function marketOf(resource: ResourceReader): "on-demand" | "spot" {
  return resource.text(MARKET) === "spot" ? "spot" : "on-demand";
}

/** Where the instance has volumes of its own: they take the place of the template's. */
const deviceNames = (resource: ResourceReader): ReadonlySet<string | null> =>
  new Set(
    Array.from({ length: resource.count("ebs_block_device") }, (_, at) =>
      resource.text(`ebs_block_device.${at}.device_name`),
    ),
  );

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
