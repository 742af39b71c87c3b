import { PlanError } from "../plan-error.ts";

/** The error of a part of a plan that is not as format 1.x has it. */
export const malformed = (what: string) =>
  new PlanError("unsupported_format", `The plan cannot be read: ${what}. Plans of format 1.x have it.`);
