import { PlanError, type PlanErrorKind } from "@dapanoskop/core/plan";
import type { PricedPlan } from "@dapanoskop/plans";
import * as v from "valibot";
import type { ApiContext } from "../api-context.ts";
import { ApiProblem } from "../api-problem.ts";

/** A region of AWS, of resources for which the plan decides none. */
export const region = v.optional(v.pipe(v.string(), v.regex(/^[a-z]{2}(-[a-z]+){1,3}-\d$/)));

/** Reads a plan that was uploaded. @throws ApiProblem for one that cannot be used */
export async function readUpload(
  api: ApiContext,
  body: Uint8Array,
  named: string | undefined,
): Promise<PricedPlan> {
  try {
    return await api.plans.read(body, named ?? null);
  } catch (error) {
    if (error instanceof PlanError) throw new ApiProblem(PROBLEMS[error.kind], error.message);
    throw error;
  }
}

const PROBLEMS = {
  not_json: "unsupported_media_type",
  unsupported_format: "unsupported_format",
  too_large: "too_large",
  too_deep: "too_deep",
  unknown_region: "unknown_region",
} as const satisfies Record<PlanErrorKind, ApiProblem["code"]>;
