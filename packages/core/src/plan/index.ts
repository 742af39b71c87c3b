export type { Plan, PlanAction, PlanCounts, PlanKind, PlanValues, ResourceChange } from "./plan.ts";
