import { between } from "../charge.ts";
import type { ResourceReader, ResourceType } from "../resource-type.ts";
import { UnknownValueError } from "../unknown-value.ts";
import { type GroupSize, templateCharges } from "./launch-template.ts";

const POLICY = "mixed_instances_policy.0";
const OVERRIDE = `${POLICY}.launch_template.0.override.0`;
const SPECIFICATION = `${POLICY}.launch_template.0.launch_template_specification.0`;

/** Where a group names its template: by id or name, or in its policy; or its launch configuration. */
const TEMPLATE_PATHS = [
  "launch_template.0.id",
  "launch_template.0.name",
  `${SPECIFICATION}.launch_template_id`,
  `${SPECIFICATION}.launch_template_name`,
];

export const autoscalingTypes: readonly ResourceType[] = [
  {
    type: "aws_autoscaling_group",
    isFree: false,
    // A group is charged for its instances: the desired ones are expected, and it may scale from its minimum to its maximum.
    charges: (group) => {
      const template = templateOf(group);
      const override = group.text(`${OVERRIDE}.instance_type`);
      return templateCharges(template, group, sizeOf(group), override);
    },
  },
];

/** The launch template or configuration of a group. @throws UnknownValueError where it is not in the plan */
function templateOf(group: ResourceReader): ResourceReader {
  for (const path of TEMPLATE_PATHS) {
    const template = group.related(path, "aws_launch_template");
    if (template !== null) return template;
  }
  const configuration = group.related("launch_configuration", "aws_launch_configuration");
  if (configuration === null) throw new UnknownValueError("launch_template", "is not in the plan");
  return configuration;
}

function sizeOf(group: ResourceReader): GroupSize {
  const low = required(group, "min_size");
  const high = required(group, "max_size");
  const desired = group.isUnknown("desired_capacity") ? null : group.number("desired_capacity");
  const expected = Math.min(Math.max(desired ?? low, low), high);
  const counts = [low, expected, high] as const;
  const weight = weightOf(group);
  const scaled = (of: (count: number) => number) => {
    const [fewest, usual, most] = counts.map((count) => Math.ceil(of(count) / weight));
    return (quantityOfOne: number) => between(fewest ?? 0, usual ?? 0, most ?? 0, quantityOfOne);
  };
  const all = scaled((count) => count);
  const distribution = `${POLICY}.instances_distribution.0`;
  const percentage = group.number(`${distribution}.on_demand_percentage_above_base_capacity`) ?? 100;
  if (group.count(POLICY.split(".")[0] ?? "") === 0 || percentage === 100)
    return { onDemand: all, spot: null, all };
  const base = group.number(`${distribution}.on_demand_base_capacity`) ?? 0;
  // AWS rounds the share of on-demand instances up.
  const onDemand = (count: number) =>
    Math.min(count, base) + Math.ceil((Math.max(0, count - base) * percentage) / 100);
  return { onDemand: scaled(onDemand), spot: scaled((count) => count - onDemand(count)), all };
}

/** How many units of the group's capacity an instance of the first override is: one where it has no weight. */
function weightOf(group: ResourceReader): number {
  const weight = Number(group.text(`${OVERRIDE}.weighted_capacity`) ?? 1);
  return weight >= 1 ? weight : 1;
}

function required(group: ResourceReader, path: string): number {
  const value = group.number(path);
  if (value === null) throw new UnknownValueError(path, "is not in the plan");
  return value;
}
