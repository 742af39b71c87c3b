import type { ResourceType } from "../resource-type.ts";
import { applicationTypes } from "./application.ts";
import { autoscalingTypes } from "./autoscaling.ts";
import { cloudFrontTypes } from "./cloudfront.ts";
import { connectionTypes } from "./connections.ts";
import { developerTypes } from "./developer.ts";
import { ebsTypes } from "./ebs.ts";
import { ec2Types } from "./ec2.ts";
import { eksTypes } from "./eks.ts";
import { fileSystemTypes } from "./file-systems.ts";
import { freeTypes } from "./free.ts";
import { kinesisTypes } from "./kinesis.ts";
import { loadBalancingTypes } from "./load-balancing.ts";
import { messagingTypes } from "./messaging.ts";
import { monitoringTypes } from "./monitoring.ts";
import { route53Types } from "./route53.ts";
import { s3Types } from "./s3.ts";
import { securityTypes } from "./security.ts";
import { vpcTypes } from "./vpc.ts";

const all: readonly ResourceType[] = [
  // First, so that a type with charges is never free.
  ...freeTypes,
  ...applicationTypes,
  ...autoscalingTypes,
  ...cloudFrontTypes,
  ...connectionTypes,
  ...developerTypes,
  ...ebsTypes,
  ...ec2Types,
  ...eksTypes,
  ...fileSystemTypes,
  ...kinesisTypes,
  ...loadBalancingTypes,
  ...messagingTypes,
  ...monitoringTypes,
  ...route53Types,
  ...s3Types,
  ...securityTypes,
  ...vpcTypes,
];

/** Every resource type that has a price model, or is free. A file of this folder has the types of a service. */
export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map(all.map((one) => [one.type, one]));
