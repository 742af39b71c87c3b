import type { Instant } from "@dapanoskop/core/calendar";
import type { KeptPlan } from "./kept-plan.ts";

/**
 * - `open`: the newest plan of its project that is neither errored nor refresh-only, neither applied nor dropped, and at most
 *   30 days old
 * - `superseded`: it is none of the others
 * - `applied`, `dropped`: somebody said so
 */
export type KeptPlanState = "open" | "superseded" | "applied" | "dropped";

/** After so many days a plan is applied or forgotten. */
export const OPEN_DAYS = 30;

/** The state of each plan of an owner, by id. @param plans all of them, newest first */
export function keptPlanStates(plans: readonly KeptPlan[], at: Instant): ReadonlyMap<string, KeptPlanState> {
  const oldest = Date.parse(at) - OPEN_DAYS * 86_400_000;
  const seen = new Set<string>();
  return new Map(
    plans.map((plan) => {
      const isNewest = plan.kind === "plan" && !seen.has(plan.project);
      if (isNewest) seen.add(plan.project);
      if (plan.settled !== null) return [plan.id, plan.settled.as];
      const isOpen = isNewest && Date.parse(plan.uploaded_at) >= oldest;
      return [plan.id, isOpen ? "open" : "superseded"];
    }),
  );
}
