import * as v from "valibot";

/** The version of every published document. A reader refuses a document of a newer version. */
export const SCHEMA = 1;

export const schemaVersion = v.pipe(v.number(), v.integer(), v.minValue(1));
/** `YYYY-MM`, as `isMonth` says: a pattern, so that the JSON Schema has it too. */
export const month = v.pipe(v.string(), v.regex(/^\d{4}-(0[1-9]|1[0-2])$/, "a month is YYYY-MM"));
export const day = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/));
export const instant = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/));
export const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** No amount, quantity or rate is larger, with either sign. A larger number has no exact amount (core/money `parseDecimal`). */
export const LARGEST_NUMBER = 1e40;
/** An amount or a rate. JSON has finite numbers only. The shortest text of the double is the amount. */
export const amount = v.pipe(v.number(), v.finite(), v.minValue(-LARGEST_NUMBER), v.maxValue(LARGEST_NUMBER));
export const unknownAmount = v.nullable(amount);
export const window = v.object({ start: day, end: day });
