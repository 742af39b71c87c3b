import { PROJECT } from "@dapanoskop/plans/project";
import * as v from "valibot";

/** `YYYY-MM`. */
export const month = v.pipe(v.string(), v.regex(/^\d{4}-(0[1-9]|1[0-2])$/));
export const day = v.pipe(v.string(), v.regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/));
export const instant = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/));
/** An exact amount as decimal text: `"-0.30"`. It is never rounded to cents. */
export const decimal = v.pipe(v.string(), v.regex(/^-?\d{1,30}(\.\d{1,60})?$/));
/** `null`: nobody knows. It is never 0 then. */
export const unknownDecimal = v.nullable(decimal);
/** ISO 4217. */
export const currency = v.pipe(v.string(), v.regex(/^[A-Z]{3}$/));
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const fingerprint = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

export const project = v.pipe(v.string(), v.regex(PROJECT));

/** A list is answered in pages: `next_cursor` asks for the next one, with the same other parameters. `null`: this is the last. */
export const pageOf = <Item extends v.GenericSchema>(item: Item) =>
  v.object({ items: v.array(item), next_cursor: v.nullable(v.string()) });
