import { fixed, HOURS_A_MONTH, monthly, usage } from "../charge.ts";
import type { ChargeQuantity, ResourceCharge, ResourceReader } from "../resource-type.ts";

/** How instances run that a resource starts. */
export interface InstanceUse {
  readonly instanceType: string;
  readonly market: "on-demand" | "spot";
  readonly isDedicated: boolean;
  readonly platform: "Linux" | "Windows";
  /** The quantity of one instance, for all of them. */
  readonly each: (quantityOfOne: number) => ChargeQuantity;
}

/** The operation of a bill for Windows with its license. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/billing-info-fields.html */
const OPERATIONS = { Linux: "RunInstances", Windows: "RunInstances:0002" };

/** The hours of instances. Reserved instances and Savings Plans are in an observed rate, not here. */
export function instanceHours(use: InstanceUse): ResourceCharge {
  const { instanceType, market, isDedicated, platform, each } = use;
  const family = market === "spot" ? "SpotUsage" : isDedicated ? "DedicatedUsage" : "BoxUsage";
  const how = market === "spot" ? "spot" : isDedicated ? "dedicated" : "on demand";
  const name = `Instance, ${instanceType}, ${platform}, ${how}`;
  const hours = each(HOURS_A_MONTH);
  return monthly(name, "AmazonEC2", `${family}:${instanceType}`, "Hrs", hours, OPERATIONS[platform]);
}

/** Metrics of detailed monitoring, which are charged as custom metrics: https://aws.amazon.com/cloudwatch/pricing/ */
const DETAILED_METRICS = 7;

export const detailedMonitoring = (each: InstanceUse["each"] = fixed): ResourceCharge =>
  monthly(
    "Detailed monitoring",
    "AmazonCloudWatch",
    "CW:MetricMonitorUsage",
    "Metrics",
    each(DETAILED_METRICS),
  );

/** Credits beyond what an unlimited burstable instance earns; nothing where it is not one. */
export function cpuCredits(instanceType: string, credits: string | null): readonly ResourceCharge[] {
  const family = instanceType.split(".")[0] ?? "";
  if (credits !== "unlimited" || !/^t\d/.test(family)) return [];
  const hours = usage("monthly_cpu_credit_hrs", { isIncluded: true });
  return [monthly("CPU credits", "AmazonEC2", `CPUCredits:${family}`, "vCPU-Hours", hours)];
}

/** Instances of before 2015 that pay for EBS optimization: https://aws.amazon.com/ec2/previous-generation/ */
const PAYS_FOR_EBS = /^(?:c1|c3|g2|i2|m1|m2|m3|r3)\.[24]?xlarge$/;

export function ebsOptimization(
  instanceType: string,
  each: InstanceUse["each"] = fixed,
): readonly ResourceCharge[] {
  if (!PAYS_FOR_EBS.test(instanceType)) return [];
  const family = `EBSOptimized:${instanceType}`;
  return [monthly("EBS optimization", "AmazonEC2", family, "Hrs", each(HOURS_A_MONTH))];
}

/** Says what a plan does not: the platform is the AMI's. */
export function assumeLinux(resource: ResourceReader): "Linux" {
  resource.note("Priced as Linux without a license: the plan does not say which platform the AMI has.");
  return "Linux";
}
