import { isDay } from "@dapanoskop/core/calendar";
import * as v from "valibot";

/** A day in a record. */
export const dayText = v.pipe(v.string(), v.check(isDay));
