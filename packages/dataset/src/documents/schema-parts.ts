import { isMonth } from "@dapanoskop/core/calendar";
import * as v from "valibot";

/** The version of every published document. A reader refuses what is newer than it knows. */
export const SCHEMA = 1;

export const schemaVersion = v.pipe(v.number(), v.integer(), v.minValue(1));
export const month = v.pipe(v.string(), v.check(isMonth, "a month is YYYY-MM"));
export const day = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/));
export const instant = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/));
export const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** An amount or a rate. Finite by JSON itself; a double's shortest text names it. */
export const amount = v.pipe(v.number(), v.finite());
export const unknownAmount = v.nullable(amount);
export const window = v.object({ start: day, end: day });
