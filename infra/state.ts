import type * as Aws from "@pulumi/aws";
import type { Audiences } from "./audiences.ts";
import type { Platform } from "./platform.ts";

/**
 * The table of the messages of the report, and of plans, drift and budgets; `null` where it is known that there is neither a
 * report nor the API. A message is claimed here before it is sent: without the table it could be sent again.
 */
export const createState = (platform: Platform, { isWanted }: Audiences): Aws.dynamodb.Table | null =>
  platform.subsystem(
    "state",
    "With a report or api_enabled: the table of what was sent to whom, and of plans, drift and budgets.",
    () => {
      const { aws, inputs, text, when, any, output } = platform;
      return when(any(isWanted, inputs.api_enabled), () => {
        const state = new aws.dynamodb.Table("state", {
          name: text`${inputs.name_prefix}-state`,
          billingMode: "PAY_PER_REQUEST",
          hashKey: "pk",
          rangeKey: "sk",
          attributes: [
            { name: "pk", type: "S" },
            { name: "sk", type: "S" },
          ],
          ttl: { attributeName: "expires", enabled: true },
          pointInTimeRecovery: { enabled: true },
          serverSideEncryption: { enabled: true },
          deletionProtectionEnabled: true,
        });
        output(
          "state_table_name",
          "The table of what was sent to whom, and of plans, drift and budgets; null without a report and without the API.",
          state.name,
        );
        return state;
      });
    },
  );
