import { costMetrics } from "@dapanoskop/core/source";
import { type CollectConfig, defaultConfig } from "@dapanoskop/pipeline";
import { type Environment, environmentReader } from "../lambda/index.ts";

/** How this deployment collects, and where to. */
export interface CollectEnvironment {
  readonly bucket: string;
  readonly config: CollectConfig;
}

/** @throws EnvironmentError naming each variable that is wrong */
export function collectEnvironment(environment: Environment): CollectEnvironment {
  const read = environmentReader(environment);
  const found: CollectEnvironment = {
    bucket: read.required("DATA_BUCKET", "the bucket that figures are published to"),
    config: {
      metric: read.oneOf("COST_METRIC", costMetrics, defaultConfig.metric),
      tagKey: read.text("TAG_KEY") ?? defaultConfig.tagKey,
      costCategory: read.text("COST_CATEGORY_NAME"),
      includeEfs: read.flag("INCLUDE_EFS", defaultConfig.includeEfs),
      includeEbs: read.flag("INCLUDE_EBS", defaultConfig.includeEbs),
      splitCharges: read.flag("SPLIT_CHARGES", defaultConfig.splitCharges),
    },
  };
  read.check();
  return found;
}
