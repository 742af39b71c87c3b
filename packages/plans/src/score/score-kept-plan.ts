import { dayOfInstant, type Instant } from "@dapanoskop/core/calendar";
import {
  type AppliedPlan,
  type BilledDays,
  type PlannedResourceDocument,
  planScores,
} from "@dapanoskop/core/plan";
import type { KeptPlan } from "../kept/kept-plan.ts";
import { keptPlanDocument, keptPlans, type PlanStorage } from "../kept/kept-plans.ts";
import type { Owner } from "../owner.ts";
import { type KeptPlanScore, keepPlanScore } from "./kept-scores.ts";

/** What a plan's resources are compared by. */
export interface ScoreMethod {
  readonly kind: "workload" | "resource";
  readonly billed: BilledDays;
  readonly subjectOf: (
    resource: PlannedResourceDocument,
  ) => { readonly subject: string } | { readonly reason: string };
}

/** By the tag that names workloads. */
export const byWorkload = (billed: BilledDays): ScoreMethod => ({
  kind: "workload",
  billed,
  subjectOf: ({ workload, tag }) => {
    if (workload !== null) return { subject: workload };
    return {
      reason:
        tag === "unknown"
          ? "Its tags are known only after the apply."
          : "It has no tag that names a workload.",
    };
  },
});

/**
 * Scores a kept plan that was applied, and keeps the score.
 * @returns `null` where the plan is not applied, or its file was deleted
 * @throws StateError, StoreError
 */
export async function scoreKeptPlan(
  storage: PlanStorage,
  owner: Owner,
  id: string,
  method: ScoreMethod,
  at: Instant,
): Promise<KeptPlanScore | null> {
  const applied: AppliedPlan[] = [];
  for (const kept of await keptPlans(storage, owner)) {
    const one = await appliedPlan(storage, owner, kept);
    if (one !== null) applied.push(one);
  }
  const plan = applied.find((one) => one.id === id);
  if (plan === undefined) return null;
  const scores = planScores(plan, applied, method.billed, method.subjectOf, method.kind);
  const { project, appliedOn, document } = plan;
  const context = { at, currency: document.cost.currency };
  return keepPlanScore(storage.state, owner, { plan: id, project, appliedOn }, scores, context);
}

async function appliedPlan(storage: PlanStorage, owner: Owner, kept: KeptPlan): Promise<AppliedPlan | null> {
  if (kept.settled?.as !== "applied") return null;
  const document = await keptPlanDocument(storage, owner, kept);
  return (
    document && { id: kept.id, project: kept.project, appliedOn: dayOfInstant(kept.settled.at), document }
  );
}
