import type { PlanAction } from "./plan.ts";

const actions: ReadonlyMap<string, PlanAction> = new Map([
  ["no-op", "no-op"],
  ["create", "create"],
  ["read", "read"],
  ["update", "update"],
  ["delete", "delete"],
  ["forget", "forget"],
  ["delete,create", "replace"],
  ["create,delete", "replace"],
]);

/** The action of a plan's list of actions; `other` where this version does not know the list. */
export const planAction = (list: readonly string[]): PlanAction => actions.get(list.join()) ?? "other";
