import * as v from "valibot";

const named = <Kind extends string>(kind: Kind) => v.object({ kind: v.literal(kind), name: v.string() });

/** A budget as records keep it. What was accepted once is not judged again. */
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
  limit: v.string(),
  currency: v.string(),
  thresholds: v.array(v.object({ of: v.picklist(["actual", "forecast"]), percent: v.string() })),
  audiences: v.array(v.string()),
  rearm: v.boolean(),
});
