import { serviceKey } from "./service.ts";
import { storageTier } from "./storage-tier.ts";
import { parseUsageType } from "./usage-type.ts";

/**
 * A usage type in a few words for people who do not use AWS's terms: "S3 Standard storage", "t3.large instance hours",
 * "Data transfer out to the internet". `null` where no words are known; then the usage type itself is shown.
 */
export function friendlyName(service: string | null, usageType: string): string | null {
  const tier = storageTier(service, usageType);
  if (tier !== null) return `${tier.service} ${tier.tier} ${tier.service === "EBS" ? "volumes" : "storage"}`;
  const { family, regions } = parseUsageType(usageType.slice(0, longestUsageType));
  const key = serviceKey(service);
  for (const { services, usage, words } of phrases) {
    if (services !== undefined && (key === null || !services.includes(key))) continue;
    const found = usage.exec(family);
    if (found !== null) return words.replace("$1", found[1] ?? "").replace("$regions", regions.join(" → "));
  }
  return null;
}

const longestUsageType = 256;

interface Phrase {
  readonly services?: readonly string[];
  readonly usage: RegExp;
  readonly words: string; // $1 is what the usage type names, $regions the regions of its prefix
}

const phrases: readonly Phrase[] = [
  // Machines
  { usage: /^BoxUsage:([\w.-]{1,40})$/, words: "$1 instance hours" },
  { usage: /^BoxUsage$/, words: "m1.small instance hours" },
  { usage: /^SpotUsage:([\w.-]{1,40})$/, words: "$1 spot instance hours" },
  { usage: /^DedicatedUsage:([\w.-]{1,40})$/, words: "$1 dedicated instance hours" },
  { usage: /^(?:Reserved)?HostUsage:([\w.-]{1,40})$/, words: "$1 dedicated host hours" },
  { usage: /^Unused(?:Box|Ded):([\w.-]{1,40})$/, words: "$1 capacity reserved and not used" },
  { usage: /^HeavyUsage:([\w.-]{1,40})$/, words: "$1 reservation" },
  { usage: /^CPUCredits:([\w.-]{1,40})$/, words: "$1 CPU credits" },
  { usage: /^InstanceUsage(?:IOOptimized)?:([\w.-]{1,40})$/, words: "$1 database hours" },
  { usage: /^Multi-AZ(?:Cluster)?Usage:([\w.-]{1,40})$/, words: "$1 database hours, several zones" },
  { usage: /^NodeUsage:([\w.-]{1,40})$/, words: "$1 node hours" },
  { usage: /^Node:([\w.-]{1,40})$/, words: "$1 node hours" },
  { usage: /^ESInstance:([\w.-]{1,40})$/, words: "$1 search instance hours" },
  { usage: /^Kafka\.([a-z0-9]{2,12}\.[a-z0-9]{2,12})$/, words: "$1 Kafka broker hours" },
  { usage: /^Kafka\.Storage\.[\w.]{1,40}$/, words: "Kafka broker storage" },
  { usage: /^Train:(ml\.[\w.-]{1,40})$/, words: "$1 model training hours" },
  { usage: /^Host:(ml\.[\w.-]{1,40})$/, words: "$1 model hosting hours" },
  { usage: /^Notebk:(ml\.[\w.-]{1,40})$/, words: "$1 notebook hours" },
  { usage: /^RMS:([\w.-]{1,40})$/, words: "Redshift managed storage ($1)" },
  { usage: /^Aurora:Serverless/, words: "Aurora serverless capacity" },
  { usage: /^Redshift:ServerlessUsage/, words: "Redshift serverless capacity" },
  { usage: /^(?:Compute|EC2Instance|SageMaker|Database)SP:/, words: "Savings Plan commitment" },
  // Tasks and functions
  { usage: /^Lambda-GB-Second/, words: "Lambda run time" },
  { usage: /^Lambda-Provisioned/, words: "Lambda provisioned concurrency" },
  { usage: /^Lambda-Edge-GB-Second/, words: "Lambda@Edge run time" },
  { usage: /^Lambda-Storage/, words: "Lambda temporary storage" },
  { services: ["lambda"], usage: /^Request/, words: "Lambda requests" },
  { usage: /^Fargate-(?:ARM-|Windows-)?vCPU/, words: "Fargate vCPU hours" },
  { usage: /^Fargate-(?:ARM-|Windows-)?GB/, words: "Fargate memory hours" },
  { usage: /^Fargate-EphemeralStorage/, words: "Fargate temporary storage" },
  { usage: /^AmazonEKS-Hours:perCluster/, words: "Kubernetes cluster hours" },
  { usage: /^Build-Min/, words: "Build minutes" },
  { usage: /^ETL-(?:Flex-)?DPU-Hour/, words: "Glue job capacity" },
  { usage: /^Crawler-DPU-Hour/, words: "Glue crawler capacity" },
  { usage: /^DataScannedInTB/, words: "Athena data scanned" },
  // Stored
  { usage: /^EBS:SnapshotUsage/, words: "EBS snapshots" },
  { usage: /^EBS:SnapshotArchiveStorage/, words: "EBS archived snapshots" },
  { usage: /^EBS:VolumeP-IOPS\.(\w{1,10})$/, words: "EBS provisioned IOPS ($1)" },
  { usage: /^EBS:VolumeP-Throughput\.(\w{1,10})$/, words: "EBS provisioned throughput ($1)" },
  { usage: /^EBS:VolumeIOUsage/, words: "EBS I/O requests" },
  { usage: /^(?:RDS|Aurora):(?:Charged)?BackupUsage/, words: "Database backups" },
  { usage: /^Aurora:(?:IO-Optimized)?StorageUsage/, words: "Aurora storage" },
  { usage: /^Aurora:StorageIOUsage/, words: "Aurora I/O requests" },
  { usage: /^RDS:[\w-]{0,40}StorageIOUsage/, words: "Database I/O requests" },
  { usage: /^RDS:[\w-]{0,40}Storage/, words: "Database storage" },
  { usage: /^ES:[\w-]{1,40}-Storage$/, words: "Search storage" },
  { services: ["cloudwatch"], usage: /^TimedStorage/, words: "Stored logs" },
  { services: ["ecr"], usage: /^TimedStorage/, words: "Stored container images" },
  { services: ["dynamodb"], usage: /^(?:IA-)?TimedStorage/, words: "DynamoDB table storage" },
  { services: ["dynamodb"], usage: /^TimedPITRStorage/, words: "DynamoDB continuous backups" },
  { services: ["dynamodb"], usage: /^TimedBackupStorage/, words: "DynamoDB backups" },
  { services: ["backup"], usage: /^(?:Warm|Cold)Storage-ByteHrs-(\w{1,20})/, words: "Backups of $1" },
  { services: ["s3", "glacier"], usage: /^EarlyDelete/, words: "Early delete from cold storage" },
  { services: ["s3"], usage: /^TagStorage/, words: "Object tags" },
  // Asked
  { services: ["s3"], usage: /^Requests-(?:\w{1,8}-)?Tier1$/, words: "S3 write and list requests" },
  { services: ["s3"], usage: /^Requests-(?:\w{1,8}-)?Tier2$/, words: "S3 read requests" },
  { services: ["s3"], usage: /^Requests-/, words: "S3 lifecycle and restore requests" },
  { services: ["s3"], usage: /Retrieval/, words: "Retrieval from cold storage" },
  { services: ["s3"], usage: /^Monitoring-Automation-INT/, words: "Intelligent-Tiering monitoring" },
  { services: ["sqs"], usage: /^Requests/, words: "Queue requests" },
  { services: ["sns"], usage: /^Requests/, words: "Notification requests" },
  { services: ["dynamodb"], usage: /ReadRequestUnits/, words: "DynamoDB reads" },
  { services: ["dynamodb"], usage: /WriteRequestUnits/, words: "DynamoDB writes" },
  { services: ["dynamodb"], usage: /ReadCapacityUnit/, words: "DynamoDB provisioned reads" },
  { services: ["dynamodb"], usage: /WriteCapacityUnit/, words: "DynamoDB provisioned writes" },
  { usage: /^ApiGatewayRequest$/, words: "API requests (REST)" },
  { usage: /^ApiGatewayHttpRequest$/, words: "API requests (HTTP)" },
  { usage: /^StateTransition$/, words: "Workflow steps" },
  { usage: /^Storage-ShardHour$/, words: "Data stream capacity" },
  { usage: /^PutRequestPayloadUnits$/, words: "Data stream writes" },
  { usage: /^KMS-Keys/, words: "Encryption keys" },
  { usage: /^KMS-Requests/, words: "Encryption requests" },
  { usage: /^AWSSecretsManager-Secret/, words: "Stored secrets" },
  // Moved
  { services: ["cloudfront"], usage: /^DataTransfer-Out-Bytes/, words: "Data delivered by CloudFront" },
  { usage: /^DataTransfer-Out-Bytes/, words: "Data transfer out to the internet" },
  { usage: /^DataTransfer-In-Bytes/, words: "Data transfer in" },
  { usage: /^DataTransfer-(?:Regional|xAZ|AZ)/, words: "Data transfer between zones" },
  { usage: /^AWS-Out-A?Bytes/, words: "Data transfer between regions ($regions)" },
  { usage: /^AWS-In-A?Bytes/, words: "Data transfer in from another region ($regions)" },
  { usage: /^CloudFront-(?:In|Out)-Bytes/, words: "Data transfer with CloudFront" },
  { usage: /^VpcPeering/, words: "Data transfer over VPC peering" },
  { usage: /^NatGateway-Hours/, words: "NAT gateway hours" },
  { usage: /^NatGateway-(?:Prvd-)?Bytes/, words: "NAT gateway data" },
  { usage: /^LoadBalancerUsage/, words: "Load balancer hours" },
  { usage: /^LCUUsage/, words: "Load balancer capacity" },
  { usage: /^VpcEndpoint/, words: "VPC endpoints" },
  { usage: /^TransitGateway/, words: "Transit gateway" },
  { usage: /^(?:PublicIPv4|ElasticIP):/, words: "Public IP addresses" },
  { usage: /^HostedZone/, words: "Hosted DNS zones" },
  { usage: /^DNS-Queries/, words: "DNS queries" },
  // Watched
  { services: ["cloudwatch"], usage: /^(?:DataProcessing|VendedLog)/, words: "Logs taken in" },
  { usage: /^CW:MetricMonitorUsage/, words: "Metrics" },
  { usage: /^CW:AlarmMonitorUsage/, words: "Alarms" },
  { usage: /^CW:Requests/, words: "Monitoring requests" },
  { usage: /^DashboardsUsageHour/, words: "Dashboards" },
  { usage: /^ConfigurationItemRecorded$/, words: "Configuration changes recorded" },
  { usage: /^PaidEventsRecorded$/, words: "Audit events recorded" },
  { usage: /^PaidEventsAnalyzed$/, words: "Events searched for threats" },
  { usage: /^PaidEventsAnalyzed-Bytes$/, words: "Data searched for threats" },
  // No usage
  { services: ["tax"], usage: /^/, words: "Tax" },
  { services: ["support"], usage: /^/, words: "AWS support plan" },
];
