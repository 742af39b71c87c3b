import { isJsonList, isJsonObject, type JsonObject, property } from "../json-object.ts";
import { malformed } from "./malformed.ts";

/**
 * What stands in place of a list of changes would read as a plan without changes.
 * @throws PlanError when the changes of a plan are not as format 1.x has them
 */
export function checkShapes(plan: JsonObject): void {
  for (const name of ["resource_changes", "resource_drift"]) {
    const found = property(plan, name) ?? null;
    if (found !== null && !isJsonList(found)) throw malformed(`${name} is no list`);
  }
  const outputs = property(plan, "output_changes") ?? null;
  if (outputs !== null && !isJsonObject(outputs)) throw malformed("output_changes is no object");
}
