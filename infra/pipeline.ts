import type { FunctionIdentity } from "./functions.ts";
import { optionEnvironment } from "./option-environment.ts";
import type { Platform } from "./platform.ts";
import { ofFiles, withDataKey } from "./policy-documents.ts";
import { createScheduledFunction, type ScheduledFunction } from "./scheduled-function.ts";
import type { Store } from "./store.ts";

/** The last 25 seconds are reserved for publishing. A run that takes all of it costs a tenth of a cent with 256 MB. */
const TIMEOUT_SECONDS = 300;

/** The collector. */
export const createPipeline = (
  platform: Platform,
  { store, identity }: { readonly store: Store; readonly identity: FunctionIdentity },
): ScheduledFunction =>
  platform.subsystem("pipeline", "Reads the bill every day and publishes the dataset.", () => {
    const { inputs } = platform;
    const collect = createScheduledFunction(platform, {
      description: "Reads the bill and publishes the dataset.",
      source: "collect",
      memoryMb: inputs.pipeline_memory_mb,
      timeoutSeconds: TIMEOUT_SECONDS,
      environment: { DATA_BUCKET: store.data.name, ...optionEnvironment(platform) },
      identity,
      deadLetters: "dead_letters",
      allowed: [
        {
          Sid: "ReadTheBill",
          Effect: "Allow",
          Action: [
            "ce:DescribeCostCategoryDefinition",
            "ce:GetCostAndUsage",
            "ce:GetCostCategories",
            "ce:GetCostForecast",
            "ce:GetTags",
            "ce:ListCostCategoryDefinitions",
          ],
          // Their resources are billing views and cost categories. The collector may read all that the account has.
          Resource: "*",
        },
        // A write with If-Match needs GetObject, too.
        ...ofFiles(platform, "ReadAndPublish", ["s3:GetObject", "s3:PutObject"], store.data),
      ],
      allowedWhen: [withDataKey(platform, ["kms:Decrypt", "kms:GenerateDataKey"])],
      schedule: { description: "When Dapanoskop reads the bill.", expression: inputs.schedule_expression },
      retries: "A failed or interrupted run is retried; what is already published is not read again.",
    });
    platform.output(
      "collect_function_name",
      "The collector's function: invoke it for a backfill.",
      collect.lambda.name,
    );
    return collect;
  });
