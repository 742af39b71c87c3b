import { fixed, HOURS_A_MONTH, monthly } from "../charge.ts";
import type { ResourceCharge, ResourceReader, ResourceType } from "../resource-type.ts";
import { UnknownValueError } from "../unknown-value.ts";
import { chargedType } from "./charged-type.ts";

/** GB of a task's own storage that is included: https://aws.amazon.com/fargate/pricing/ */
const INCLUDED_STORAGE_GB = 20;

/** Whether a service runs on Fargate, and on Spot capacity; `null` on instances, which are charged by themselves. */
function fargateOf(service: ResourceReader): "FARGATE" | "FARGATE_SPOT" | null {
  const isOpen = service.isUnknown("launch_type");
  const launchType = isOpen ? null : service.text("launch_type");
  if (launchType === "FARGATE") return "FARGATE";
  const providers = Array.from({ length: service.count("capacity_provider_strategy") }, (_, at) =>
    service.text(`capacity_provider_strategy.${at}.capacity_provider`),
  );
  if (providers.includes("FARGATE") && providers.includes("FARGATE_SPOT")) {
    service.note("The service mixes Fargate with Fargate Spot: priced as Fargate without Spot.");
  }
  if (providers.includes("FARGATE")) return "FARGATE";
  if (providers.includes("FARGATE_SPOT")) return "FARGATE_SPOT";
  return isOpen && providers.length === 0 ? byTask(service) : null;
}

/** Where the cluster decides, the service runs where its tasks can: on Fargate if they are only made for it. */
function byTask(service: ResourceReader): "FARGATE" | null {
  const task = service.related("task_definition", "aws_ecs_task_definition");
  if (task === null) throw new UnknownValueError("launch_type", "is decided by the cluster");
  const made = Array.from({ length: task.count("requires_compatibilities") }, (_, at) =>
    task.text(`requires_compatibilities.${at}`),
  );
  if (!made.includes("FARGATE")) return null;
  service.note("launch_type is decided by the cluster: priced as Fargate, for which its tasks are made.");
  return "FARGATE";
}

function serviceCharges(service: ResourceReader): readonly ResourceCharge[] {
  const fargate = fargateOf(service);
  if (fargate === null) {
    service.note("The service runs on instances, which are charged by themselves.");
    return [];
  }
  const task = service.related("task_definition", "aws_ecs_task_definition");
  if (task === null) throw new UnknownValueError("task_definition", "is not in the plan");
  const tasks = service.number("desired_count") ?? 0;
  const isArm = task.text("runtime_platform.0.cpu_architecture") === "ARM64";
  const isWindows = task.text("runtime_platform.0.operating_system_family")?.startsWith("WINDOWS") === true;
  if (isWindows) throw new UnknownValueError("runtime_platform", "is Windows, which has no price model");
  const prefix = `${fargate === "FARGATE_SPOT" ? "SpotUsage-" : ""}Fargate-${isArm ? "ARM-" : ""}`;
  const hours = (name: string, what: string, size: number) =>
    monthly(name, "AmazonECS", `${prefix}${what}`, "hours", fixed(size, tasks, HOURS_A_MONTH));
  const storage = (task.number("ephemeral_storage.0.size_in_gib") ?? 0) - INCLUDED_STORAGE_GB;
  return [
    hours(`${tasks} × vCPU`, "vCPU-Hours:perCPU", sizeOf(task, "cpu") / 1024),
    hours(`${tasks} × memory in GB`, "GB-Hours", sizeOf(task, "memory") / 1024),
    ...(storage > 0
      ? [
          monthly(
            "Task storage",
            "AmazonECS",
            "Fargate-EphemeralStorage-GB-Hours",
            "GB-Hours",
            fixed(storage, tasks, HOURS_A_MONTH),
          ),
        ]
      : []),
  ];
}

/** CPU units or MiB: a number in text, or with a unit as in `.5 vCPU` and `1 GB`. */
function sizeOf(task: ResourceReader, path: "cpu" | "memory"): number {
  const text = task.text(path) ?? "";
  const [, digits, unit] = /^\s*(\d*\.?\d+)\s*(vcpu|gb)?\s*$/i.exec(text) ?? [];
  if (digits === undefined) throw new UnknownValueError(path, "of the task definition is not a size");
  return Number(digits) * (unit === undefined ? 1 : 1024);
}

export const ecsTypes: readonly ResourceType[] = [chargedType("aws_ecs_service", serviceCharges)];
