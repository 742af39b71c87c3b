import { isDay } from "@dapanoskop/core/calendar";
import { quoted } from "@dapanoskop/core/text";
import * as v from "valibot";
import { protocolError, type QueryContext } from "./query-context.ts";

/** AWS's own bound on a page token, in characters. */
const LONGEST_TOKEN = 8_192;

const Token = v.nullish(
  v.pipe(v.string(), v.maxLength(LONGEST_TOKEN, "a page token of more than 8,192 characters")),
);
const Day = v.pipe(v.string(), v.check(isDay, "not a day like 2026-03-08"));
const TimePeriod = v.object({ Start: Day, End: Day });

// Quantities may come without a unit; a cost may not, which the currency rule checks.
const Measure = v.object({ Amount: v.string(), Unit: v.nullish(v.string()) });
const Metrics = v.record(v.string(), Measure);

export const CostPage = v.object({
  NextPageToken: Token,
  ResultsByTime: v.array(
    v.object({
      TimePeriod,
      Total: v.nullish(Metrics),
      Groups: v.nullish(v.array(v.object({ Keys: v.array(v.string()), Metrics }))),
      Estimated: v.nullish(v.boolean(), false),
    }),
  ),
});
export type CostPage = v.InferOutput<typeof CostPage>;
export type Metrics = v.InferOutput<typeof Metrics>;

export const ForecastResponse = v.object({
  Total: Measure,
  ForecastResultsByTime: v.array(v.object({ TimePeriod, MeanValue: v.string() })),
});
export type ForecastResponse = v.InferOutput<typeof ForecastResponse>;

export const CategoryNamesPage = v.pipe(
  v.object({
    NextPageToken: Token,
    CostCategoryNames: v.nullish(v.array(v.string())),
    TotalSize: v.nullish(v.number()),
  }),
  // "No cost category" is a fact to publish by: the answer must state it, not only leave out the names.
  v.check(
    ({ CostCategoryNames, TotalSize }) => Boolean(CostCategoryNames) || TotalSize === 0,
    "no CostCategoryNames",
  ),
);

export const TagKeysPage = v.object({ NextPageToken: Token, Tags: v.array(v.string()) });

export const CategoryDefinitionsPage = v.object({
  NextToken: Token,
  CostCategoryReferences: v.array(v.object({ CostCategoryArn: v.string(), Name: v.string() })),
});

const SplitChargeRule = v.object({
  Source: v.string(),
  Targets: v.array(v.string()),
  Method: v.string(),
  Parameters: v.nullish(v.array(v.object({ Type: v.string(), Values: v.array(v.string()) }))),
});
export type SplitChargeRule = v.InferOutput<typeof SplitChargeRule>;

export const CategoryDefinition = v.object({
  CostCategory: v.object({
    Name: v.string(),
    SplitChargeRules: v.nullish(v.array(SplitChargeRule)),
  }),
});

/**
 * Parses an answer once. The code behind it relies on its type.
 * @throws CostSourceError "protocol", naming the page and the field
 */
export function parseAnswer<Schema extends v.GenericSchema>(
  schema: Schema,
  answer: unknown,
  context: QueryContext,
  page: number,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, answer, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const field = v.getDotPath(issue) ?? "the answer";
  throw protocolError(
    context,
    `page ${page} does not have the documented form at ${quoted(field, 120)}: ${quoted(issue.message, 120)}.`,
  );
}
