import { between, monthHours, monthly, usage } from "../charge.ts";
import type { ResourceCharge, ResourceReader, ResourceType } from "../resource-type.ts";
import { UnknownValueError } from "../unknown-value.ts";
import { blockPaths, volumeCharges } from "./ebs-volume-charges.ts";
import { type InstanceUse, instanceHours } from "./instance-charges.ts";
import { templateVolumes } from "./launch-template.ts";

function nodeGroupCharges(group: ResourceReader): readonly ResourceCharge[] {
  const template =
    group.related("launch_template.0.id", "aws_launch_template") ??
    group.related("launch_template.0.name", "aws_launch_template");
  const isTemplated = group.count("launch_template") > 0;
  if (isTemplated && template === null) {
    throw new UnknownValueError("launch_template", "is not in the plan");
  }
  const own = group.count("instance_types") > 0 || template === null ? group.text("instance_types.0") : null;
  const instanceType = own ?? template?.text("instance_type") ?? group.text("instance_types.0");
  if (instanceType === null) throw new UnknownValueError("instance_types", "is not in the plan");
  const each = sizeOf(group);
  const hours = instanceHours({
    instanceType,
    market: group.text("capacity_type") === "SPOT" ? "spot" : "on-demand",
    isDedicated: false,
    platform: group.text("ami_type")?.startsWith("WINDOWS") === true ? "Windows" : "Linux",
    each,
  });
  const disks =
    template === null
      ? volumeCharges(group, "Node disk", { ...blockPaths(""), size: "disk_size", type: "disk_type", each })
      : templateVolumes(template, each);
  return [hours, ...disks];
}

function sizeOf(group: ResourceReader): InstanceUse["each"] {
  const [low, expected, high] = ["min_size", "desired_size", "max_size"].map((name) => {
    const size = group.number(`scaling_config.0.${name}`);
    if (size === null) throw new UnknownValueError(`scaling_config.0.${name}`, "is not in the plan");
    return size;
  });
  return (quantityOfOne) => between(low ?? 0, expected ?? 0, high ?? 0, quantityOfOne);
}

export const eksTypes: readonly ResourceType[] = [
  {
    type: "aws_eks_cluster",
    isFree: false,
    charges: (cluster) => {
      cluster.note("Priced with standard support: a version in extended support costs more.");
      return [monthly("Cluster", "AmazonEKS", "AmazonEKS-Hours:perCluster", "Hours", monthHours())];
    },
  },
  { type: "aws_eks_node_group", isFree: false, charges: nodeGroupCharges },
  {
    type: "aws_eks_fargate_profile",
    isFree: false,
    // Pods are charged as Fargate tasks, and a profile does not say how many there are.
    charges: () => [
      monthly("Pods, vCPU", "AmazonEKS", "Fargate-vCPU-Hours:perCPU", "hours", usage("monthly_vcpu_hours")),
      monthly("Pods, memory", "AmazonEKS", "Fargate-GB-Hours", "hours", usage("monthly_memory_gb_hours")),
    ],
  },
];
