import { type JsonSchema, toJsonSchema } from "@valibot/to-json-schema";
import type * as v from "valibot";
import { dailySchema, indexSchema, summarySchema, trendSchema } from "../src/index.ts";

/** The JSON Schema files of this folder, by name: what `generate.ts` writes. */
export const jsonSchemas: ReadonlyMap<string, string> = new Map([
  [
    "index.schema.json",
    schemaText(indexSchema, "index.json", "The pointer and manifest of the published dataset."),
  ],
  [
    "trend.schema.json",
    schemaText(trendSchema, "trend.json", "The total of every published month by cost center."),
  ],
  [
    "daily.schema.json",
    schemaText(
      dailySchema,
      "daily.json",
      "The newest published days by cost center, service and charge type.",
    ),
  ],
  ["summary.schema.json", schemaText(summarySchema, "{YYYY-MM}/summary.json", "The figures of one month.")],
]);

function schemaText(schema: v.GenericSchema, title: string, description: string): string {
  const { $schema, ...rest } = toJsonSchema(schema, { overrideAction });
  return `${JSON.stringify({ $schema, title, description, ...rest }, null, 2)}\n`;
}

/** JSON has no infinite number, so `finite` says nothing more there. Every other action without a JSON Schema is an error. */
function overrideAction({
  valibotAction,
  jsonSchema,
}: {
  readonly valibotAction: { readonly type: string };
  readonly jsonSchema: JsonSchema;
}): JsonSchema | null {
  return valibotAction.type === "finite" ? jsonSchema : null;
}
