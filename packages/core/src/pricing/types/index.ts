import type { ResourceType } from "../resource-type.ts";
import { autoscalingTypes } from "./autoscaling.ts";
import { ebsTypes } from "./ebs.ts";
import { ec2Types } from "./ec2.ts";
import { eksTypes } from "./eks.ts";
import { freeTypes } from "./free.ts";

/** Every resource type that has a price model. A file of this folder has the types of a service. */
export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map(
  [...autoscalingTypes, ...ebsTypes, ...ec2Types, ...eksTypes, ...freeTypes].map((one) => [one.type, one]),
);
