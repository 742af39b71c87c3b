import type { PlanDocument } from "../plan-document.ts";
import { type GateRule, isBroken } from "./gate-rule.ts";

/** What a gate says about a plan. */
export interface GateResult {
  readonly passed: boolean;
  /** Whether it passed by an approval alone. */
  readonly isApproved: boolean;
  /** Why it fails, or what an approval lets pass. Sentences. */
  readonly reasons: readonly string[];
}

/**
 * Checks a plan by rules. A plan that failed, and a figure that is not known, fail the gate. An approval is bound to the
 * fingerprint of the plan that was looked at: another plan, with a change however small, is asked about again. No approval
 * lets a plan pass that failed.
 */
export function gateResult(
  plan: PlanDocument,
  rules: readonly GateRule[],
  approvedFingerprint: string | null,
): GateResult {
  if (plan.kind === "errored") {
    return { passed: false, isApproved: false, reasons: ["The plan failed, so no rule can be checked."] };
  }
  const reasons = rules.flatMap((rule) => {
    const broken = isBroken(rule, plan);
    if (broken === null) return [`${rule.text}: ${rule.metric} is not known, so the rule counts as broken.`];
    return broken ? [`${rule.text} holds.`] : [];
  });
  if (reasons.length === 0) return { passed: true, isApproved: false, reasons: [] };
  if (approvedFingerprint === plan.fingerprint) return { passed: true, isApproved: true, reasons };
  const isOther = approvedFingerprint !== null;
  const again = "The approval is of another plan: look at this one and approve it by its fingerprint.";
  return { passed: false, isApproved: false, reasons: isOther ? [...reasons, again] : reasons };
}
