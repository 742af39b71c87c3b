import { monthly, usage } from "../charge.ts";
import type { ResourceReader } from "../resource-type.ts";
import { UnknownValueError } from "../unknown-value.ts";
import { chargedType } from "./charged-type.ts";

export const developerTypes = [
  chargedType("aws_ecr_repository", () => [
    monthly("Storage", "AmazonECR", "TimedStorage-ByteHrs", "GB-Mo", usage("storage_gb")),
  ]),
  chargedType("aws_codebuild_project", buildCharges),
  chargedType("aws_glue_job", jobCharges),
  chargedType("aws_glue_crawler", () => [
    monthly("Duration", "AWSGlue", "Crawler-DPU-Hour", "DPU-Hour", usage("monthly_hours")),
  ]),
  chargedType("aws_glue_catalog_database", () => [
    monthly("Objects", "AWSGlue", "Catalog-Storage", "Obj-Month", usage("storage_objects")),
    monthly("Requests", "AWSGlue", "Catalog-Request", "Request", usage("monthly_requests")),
  ]),
];

/** How usage types name an environment. */
const ENVIRONMENTS: Readonly<Record<string, string>> = {
  LINUX_CONTAINER: "Linux",
  LINUX_GPU_CONTAINER: "LinuxGPU",
  ARM_CONTAINER: "ARM",
  WINDOWS_CONTAINER: "Windows",
  WINDOWS_SERVER_2019_CONTAINER: "Windows",
  WINDOWS_SERVER_2022_CONTAINER: "Windows",
};

function buildCharges(project: ResourceReader) {
  const type = project.text("environment.0.type") ?? "";
  const environment = Object.hasOwn(ENVIRONMENTS, type) ? ENVIRONMENTS[type] : undefined;
  if (environment === undefined) {
    throw new UnknownValueError("environment.0.type", `is ${type}, which has no price model`);
  }
  const computeType = project.text("environment.0.compute_type") ?? "";
  const size = computeType.replace("BUILD_GENERAL1_", "g1.").toLowerCase();
  return [
    monthly(
      `Build minutes, ${environment} ${size}`,
      "CodeBuild",
      `Build-Min:${environment}:${size}`,
      "Minutes",
      usage("monthly_build_mins"),
    ),
  ];
}

/** Data processing units of a worker. */
const WORKER_UNITS: Readonly<Record<string, number>> = {
  "G.025X": 0.25,
  "G.1X": 1,
  "G.2X": 2,
  "G.4X": 4,
  "G.8X": 8,
  Standard: 1,
  "Z.2X": 2,
};

/** What a job has where neither workers nor capacity are given. */
const DEFAULT_UNITS = 10;
const PYTHON_SHELL_UNITS = 0.0625;

function jobCharges(job: ResourceReader) {
  const units = jobUnits(job);
  return [
    monthly(
      `Duration, ${units} DPUs`,
      "AWSGlue",
      "ETL-DPU-Hour",
      "DPU-Hour",
      usage("monthly_hours", { times: [units] }),
    ),
  ];
}

function jobUnits(job: ResourceReader): number {
  const worker = job.text("worker_type");
  if (worker !== null && Object.hasOwn(WORKER_UNITS, worker)) {
    return (WORKER_UNITS[worker] ?? 1) * (job.number("number_of_workers") ?? DEFAULT_UNITS);
  }
  const isShell = job.text("command.0.name") === "pythonshell";
  return job.number("max_capacity") ?? (isShell ? PYTHON_SHELL_UNITS : DEFAULT_UNITS);
}
