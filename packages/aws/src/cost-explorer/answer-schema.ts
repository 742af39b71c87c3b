import { isDay } from "@dapanoskop/core/calendar";
import * as v from "valibot";
import { quoted } from "../quoted.ts";
import { type Inquiry, protocolError } from "./inquiry.ts";

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

export const Forecast = v.object({
  Total: Measure,
  ForecastResultsByTime: v.array(v.object({ TimePeriod, MeanValue: v.string() })),
});
export type Forecast = v.InferOutput<typeof Forecast>;

export const CategoryNamesPage = v.pipe(
  v.object({
    NextPageToken: Token,
    CostCategoryNames: v.nullish(v.array(v.string())),
    TotalSize: v.nullish(v.number()),
  }),
  // "No cost category" is a fact to publish by: it must have been said, not only left out.
  v.check(
    ({ CostCategoryNames, TotalSize }) => Boolean(CostCategoryNames) || TotalSize === 0,
    "no CostCategoryNames",
  ),
);

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
 * Parses an answer at the door; inside, its type is believed.
 * @throws CostSourceError "protocol", naming the page and the field
 */
export function parseAnswer<Schema extends v.GenericSchema>(
  schema: Schema,
  answer: unknown,
  inquiry: Inquiry,
  page: number,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, answer, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const field = v.getDotPath(issue) ?? "the answer";
  throw protocolError(
    inquiry,
    `page ${page} is not as promised at ${quoted(field, 120)}: ${quoted(issue.message, 120)}.`,
  );
}
