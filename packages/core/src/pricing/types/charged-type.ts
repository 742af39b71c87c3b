import type { ResourceType } from "../resource-type.ts";

/** A resource type that is charged for. */
export const chargedType = (type: string, charges: ResourceType["charges"]): ResourceType => ({
  type,
  isFree: false,
  charges,
});
