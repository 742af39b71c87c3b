import * as v from "valibot";
import { LIMIT, PERCENT } from "../budget-schema.ts";

const named = <Kind extends string>(kind: Kind) => v.object({ kind: v.literal(kind), name: v.string() });

/** A budget as records keep it: what was accepted once is not judged again, and what is calculated with must be a number. */
export const budgetSchema = v.object({
  id: v.string(),
  name: v.string(),
  scope: v.variant("kind", [
    v.object({ kind: v.literal("everything") }),
    named("cost-center"),
    named("workload"),
    named("service"),
  ]),
  period: v.picklist(["month", "quarter"]),
  limit: v.pipe(v.string(), v.regex(LIMIT)),
  currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)),
  thresholds: v.array(
    v.object({ of: v.picklist(["actual", "forecast"]), percent: v.pipe(v.string(), v.regex(PERCENT)) }),
  ),
  audiences: v.array(v.string()),
  rearm: v.boolean(),
});
