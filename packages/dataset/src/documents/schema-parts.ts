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
/** An amount or a rate. JSON has finite numbers only. The shortest text of the double is the amount. */
export const amount = v.pipe(v.number(), v.finite());
export const unknownAmount = v.nullable(amount);
export const window = v.object({ start: day, end: day });
