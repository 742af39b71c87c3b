import type { ResourceType } from "../resource-type.ts";
import { eksTypes } from "./eks.ts";

/** Every resource type that has a price model. A file of this folder has the types of a service. */
export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map(
  [...eksTypes].map((one) => [one.type, one]),
);
