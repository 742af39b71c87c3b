import type { ResourceType } from "../resource-type.ts";
import { analyticsTypes } from "./analytics.ts";
import { applicationTypes } from "./application.ts";
import { autoscalingTypes } from "./autoscaling.ts";
import { brokerTypes } from "./brokers.ts";
import { cacheTypes } from "./caches.ts";
import { cloudFrontTypes } from "./cloudfront.ts";
import { connectionTypes } from "./connections.ts";
import { developerTypes } from "./developer.ts";
import { documentDatabaseTypes } from "./document-databases.ts";
import { dynamodbTypes } from "./dynamodb.ts";
import { ebsTypes } from "./ebs.ts";
import { ec2Types } from "./ec2.ts";
import { ecsTypes } from "./ecs.ts";
import { eksTypes } from "./eks.ts";
import { fileSystemTypes } from "./file-systems.ts";
import { freeTypes } from "./free.ts";
import { kinesisTypes } from "./kinesis.ts";
import { lambdaTypes } from "./lambda.ts";
import { loadBalancingTypes } from "./load-balancing.ts";
import { messagingTypes } from "./messaging.ts";
import { monitoringTypes } from "./monitoring.ts";
import { searchTypes } from "./opensearch.ts";
import { rdsTypes } from "./rds.ts";
import { route53Types } from "./route53.ts";
import { s3Types } from "./s3.ts";
import { securityTypes } from "./security.ts";
import { vpcTypes } from "./vpc.ts";

const all: readonly ResourceType[] = [
  // First, so that a type with charges is never free.
  ...freeTypes,
  ...analyticsTypes,
  ...applicationTypes,
  ...autoscalingTypes,
  ...brokerTypes,
  ...cacheTypes,
  ...cloudFrontTypes,
  ...connectionTypes,
  ...developerTypes,
  ...documentDatabaseTypes,
  ...dynamodbTypes,
  ...ebsTypes,
  ...ec2Types,
  ...ecsTypes,
  ...eksTypes,
  ...fileSystemTypes,
  ...kinesisTypes,
  ...lambdaTypes,
  ...loadBalancingTypes,
  ...messagingTypes,
  ...monitoringTypes,
  ...searchTypes,
  ...rdsTypes,
  ...route53Types,
  ...s3Types,
  ...securityTypes,
  ...vpcTypes,
];

/** Every resource type that has a price model, or is free. A file of this folder has the types of a service. */
export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map(all.map((one) => [one.type, one]));
