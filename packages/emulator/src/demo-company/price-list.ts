/** The regions that the company uses. CloudFront and Route 53 are billed without a region: `global`. */
export type PricedRegion = "eu-central-1" | "eu-west-1" | "us-east-1" | "global";

/**
 * An item that AWS charges for: its names in Cost Explorer, and its on-demand price per unit, near AWS's list price.
 * `running` is charged by the hour, `kept` by its daily share of a month, `used` as it is consumed.
 */
export interface PricedItem {
  readonly service: string;
  /** The usage type without its region prefix. */
  readonly usageType: string;
  readonly unit: string;
  readonly measure: "running" | "kept" | "used";
  readonly price: Readonly<Partial<Record<PricedRegion, string>>>;
  /** The rate under a one-year commitment without upfront payment, in the company's home region. */
  readonly committed?: string;
  readonly operation?: string;
  readonly instanceType?: string;
  /** The quantity is a whole number: requests, events. */
  readonly whole?: true;
  /** `always`: us-east-1 has a prefix as well. `long`: the prefix is the region's name. */
  readonly prefix?: "always" | "long";
}

export const HOME: PricedRegion = "eu-central-1";

const S3 = "Amazon Simple Storage Service";
const EC2 = "Amazon Elastic Compute Cloud - Compute";
const EC2_OTHER = "EC2 - Other";
const RDS = "Amazon Relational Database Service";
const CLOUDWATCH = "AmazonCloudWatch";

type UnitPrice = string | PricedItem["price"];
type Extra = Partial<Pick<PricedItem, "committed" | "operation" | "instanceType" | "whole" | "prefix">>;

const item =
  (measure: PricedItem["measure"], service: string) =>
  (usageType: string, unit: string, price: UnitPrice, extra: Extra = {}): PricedItem => ({
    service,
    usageType,
    unit,
    measure,
    price: typeof price === "string" ? { [HOME]: price } : price,
    ...extra,
  });

const instance =
  (service: string, family: string) =>
  (type: string, price: UnitPrice, extra: Extra = {}): PricedItem =>
    item("running", service)(`${family}:${type}`, "Hrs", price, { instanceType: type, ...extra });

const ec2 = instance(EC2, "BoxUsage");
const stored = (usageType: string, price: UnitPrice) => item("kept", S3)(usageType, "GB-Mo", price);
const volume = item("kept", EC2_OTHER);
const counted = (service: string, usageType: string, unit: string, price: UnitPrice, extra: Extra = {}) =>
  item("used", service)(usageType, unit, price, { whole: true, ...extra });

/** The items that the company uses, by the names in its workloads. */
export const priceList = {
  "t3.medium": ec2("t3.medium", { "eu-central-1": "0.048", "us-east-1": "0.0416" }),
  "m6i.large": ec2("m6i.large", "0.115", { committed: "0.0833" }),
  "m6i.xlarge": ec2("m6i.xlarge", { "eu-central-1": "0.23", "eu-west-1": "0.214", "us-east-1": "0.192" }),
  "c6i.xlarge": ec2("c6i.xlarge", "0.194", { committed: "0.1412" }),
  "c6i.2xlarge": ec2("c6i.2xlarge", { "eu-central-1": "0.388", "eu-west-1": "0.3648" }),
  "r6i.xlarge": ec2("r6i.xlarge", "0.304"),
  "g4dn.xlarge": ec2("g4dn.xlarge", "0.658"),
  "p3.2xlarge": ec2("p3.2xlarge", "3.823"),
  "spot c5.4xlarge": instance(EC2, "SpotUsage")("c5.4xlarge", "0.2911"),
  "t3 credits": item("used", EC2_OTHER)("CPUCredits:t3", "vCPU-Hours", "0.05"),

  gp2: volume("EBS:VolumeUsage.gp2", "GB-Mo", "0.119"),
  gp3: volume("EBS:VolumeUsage.gp3", "GB-Mo", "0.0952"),
  "gp3 iops": volume("EBS:VolumeP-IOPS.gp3", "IOPS-Mo", "0.006"),
  // Cost Explorer counts provisioned throughput in GiB/s, the price page in MiB/s.
  "gp3 throughput": volume("EBS:VolumeP-Throughput.gp3", "GiBps-mo", "48.7424"),
  io1: volume("EBS:VolumeUsage.piops", "GB-Mo", "0.149"),
  "io1 iops": volume("EBS:VolumeP-IOPS.piops", "IOPS-Mo", "0.078"),
  snapshots: volume("EBS:SnapshotUsage", "GB-Mo", { "eu-central-1": "0.054", "us-east-1": "0.05" }),

  "nat hours": item("running", EC2_OTHER)("NatGateway-Hours", "Hrs", "0.052"),
  "nat bytes": item("used", EC2_OTHER)("NatGateway-Bytes", "GB", "0.052"),
  "bytes out": item("used", EC2_OTHER)("DataTransfer-Out-Bytes", "GB", "0.09"),
  "bytes between zones": item("used", EC2_OTHER)("DataTransfer-Regional-Bytes", "GB", "0.01"),
  "bytes to virginia": item("used", EC2_OTHER)("USE1-AWS-Out-Bytes", "GB", "0.02"),
  "s3 bytes from virginia": item("used", S3)(
    "EUC1-AWS-Out-Bytes",
    "GB",
    { "us-east-1": "0.02" },
    { prefix: "always" },
  ),
  "load balancer": item("running", "Amazon Elastic Load Balancing")("LoadBalancerUsage", "Hrs", "0.027"),
  lcu: item("used", "Amazon Elastic Load Balancing")("LCUUsage", "LCU-Hrs", "0.008"),
  "vpc endpoint": item("running", "Amazon Virtual Private Cloud")("VpcEndpoint-Hours", "Hrs", "0.012"),
  "public address": item("running", "Amazon Virtual Private Cloud")(
    "PublicIPv4:InUseAddress",
    "Hrs",
    "0.005",
  ),
  "transit attachment": item("running", "Amazon Virtual Private Cloud")(
    "TransitGateway-Hours",
    "Hrs",
    "0.06",
  ),
  "transit bytes": item("used", "Amazon Virtual Private Cloud")("TransitGateway-Bytes", "GB", "0.02"),
  "cdn bytes eu": item("used", "Amazon CloudFront")("EU-DataTransfer-Out-Bytes", "GB", { global: "0.085" }),
  "cdn bytes us": item("used", "Amazon CloudFront")("US-DataTransfer-Out-Bytes", "GB", { global: "0.085" }),
  "cdn requests": counted("Amazon CloudFront", "EU-Requests-Tier2-HTTPS", "Requests", {
    global: "0.0000012",
  }),
  "dns zone": item("used", "Amazon Route 53")("HostedZone", "HostedZone", { global: "0.5" }),
  "dns queries": counted("Amazon Route 53", "DNS-Queries", "Queries", { global: "0.0000004" }),

  "s3 standard": stored("TimedStorage-ByteHrs", {
    "eu-central-1": "0.0245",
    "eu-west-1": "0.023",
    "us-east-1": "0.023",
  }),
  "s3 int frequent": stored("TimedStorage-INT-FA-ByteHrs", "0.0245"),
  "s3 int infrequent": stored("TimedStorage-INT-IA-ByteHrs", "0.0135"),
  "s3 int instant": stored("TimedStorage-INT-AIA-ByteHrs", "0.005"),
  "s3 infrequent": stored("TimedStorage-SIA-ByteHrs", "0.0135"),
  "s3 glacier instant": stored("TimedStorage-GIR-ByteHrs", "0.005"),
  "s3 glacier": stored("TimedStorage-GlacierByteHrs", "0.0045"),
  "s3 deep archive": stored("TimedStorage-GDA-ByteHrs", { "eu-central-1": "0.0018", "us-east-1": "0.00099" }),
  "s3 deep archive staging": stored("TimedStorage-GDA-Staging", "0.0245"),
  "s3 early delete infrequent": stored("EarlyDelete-SIA", "0.0135"),
  "s3 early delete deep": stored("EarlyDelete-GDA", "0.0018"),
  "s3 tags": item("kept", S3)("TagStorage-TagHrs", "Tag-Mo", "0.000001"),
  "s3 tiering watch": item("kept", S3)("Monitoring-Automation-INT", "Objects", "0.0000025"),
  "s3 puts": counted(S3, "Requests-Tier1", "Requests", {
    "eu-central-1": "0.0000054",
    "us-east-1": "0.000005",
  }),
  "s3 gets": counted(S3, "Requests-Tier2", "Requests", {
    "eu-central-1": "0.00000043",
    "us-east-1": "0.0000004",
  }),
  "s3 retrieval": item("used", S3)("Retrieval-SIA", "GB", "0.01"),
  efs: item("kept", "Amazon Elastic File System")("TimedStorage-ByteHrs", "GB-Mo", "0.36"),
  "efs infrequent": item("kept", "Amazon Elastic File System")("IATimedStorage-ByteHrs", "GB-Mo", "0.0272"),
  "backup efs": item("kept", "AWS Backup")("WarmStorage-ByteHrs-EFS", "GB-Mo", "0.06"),
  "backup s3": item("kept", "AWS Backup")("WarmStorage-ByteHrs-S3", "GB-Mo", "0.06"),
  "backup cold": item("kept", "AWS Backup")("ColdStorage-ByteHrs-EFS", "GB-Mo", "0.012"),

  // The commercial engine is priced with its licence; the usage type does not contain the engine.
  "oracle m5.large": instance(RDS, "Multi-AZUsage")("db.m5.large", "0.898", {
    operation: "CreateDBInstance:0020",
  }),
  "oracle m5.xl": instance(RDS, "Multi-AZUsage")("db.m5.xl", "1.796", { operation: "CreateDBInstance:0020" }),
  "oracle storage": item("kept", RDS)("RDS:Multi-AZ-GP2-Storage", "GB-Mo", "0.274"),
  "postgres t4g.medium": instance(RDS, "InstanceUsage")("db.t4g.medium", "0.082", {
    operation: "CreateDBInstance:0014",
  }),
  "postgres storage": item("kept", RDS)("RDS:GP3-Storage", "GB-Mo", "0.137"),
  "rds backups": item("kept", RDS)("RDS:ChargedBackupUsage", "GB-Mo", "0.103"),
  "aurora r6g.large": instance(RDS, "InstanceUsage")("db.r6g.large", "0.313", {
    committed: "0.2066",
    operation: "CreateDBInstance:0021",
  }),
  "aurora r6g.xl": instance(RDS, "InstanceUsage")("db.r6g.xl", "0.626", {
    operation: "CreateDBInstance:0021",
  }),
  "aurora acu": item("used", RDS)("Aurora:ServerlessV2Usage", "ACU-Hr", "0.14"),
  "aurora storage": item("kept", RDS)("Aurora:StorageUsage", "GB-Mo", "0.119"),
  "aurora io": counted(RDS, "Aurora:StorageIOUsage", "IOs", "0.00000022"),
  "aurora backups": item("kept", RDS)("Aurora:BackupUsage", "GB-Mo", "0.023"),
  "dynamo writes": counted("Amazon DynamoDB", "WriteRequestUnits", "WriteRequestUnits", "0.000001525"),
  "dynamo reads": counted("Amazon DynamoDB", "ReadRequestUnits", "ReadRequestUnits", "0.000000305"),
  "dynamo storage": item("kept", "Amazon DynamoDB")("TimedStorage-ByteHrs", "GB-Mo", "0.306"),
  "cache r6g.large": instance("Amazon ElastiCache", "NodeUsage")("cache.r6g.large", "0.247", {
    committed: "0.163",
    operation: "CreateCacheCluster:0002",
  }),
  "cache t4g.medium": instance("Amazon ElastiCache", "NodeUsage")("cache.t4g.medium", "0.078", {
    operation: "CreateCacheCluster:0002",
  }),
  "search r6g.large": instance("Amazon OpenSearch Service", "ESInstance")("r6g.large", "0.201"),
  "search storage": item("kept", "Amazon OpenSearch Service")("ES:GP3-Storage", "GB-Mo", "0.145"),
  "redshift ra3.xlplus": instance("Amazon Redshift", "Node")("ra3.xlplus", "1.298"),
  "redshift storage": item("kept", "Amazon Redshift")("RMS:ra3.xlplus", "GB-Mo", "0.0256"),

  "lambda seconds": counted("AWS Lambda", "Lambda-GB-Second", "Lambda-GB-Second", "0.0000166667"),
  "lambda arm seconds": counted("AWS Lambda", "Lambda-GB-Second-ARM", "Lambda-GB-Second", "0.0000133334"),
  "lambda requests": counted("AWS Lambda", "Request", "Requests", "0.0000002"),
  "fargate cpu": item("used", "Amazon Elastic Container Service")(
    "Fargate-vCPU-Hours:perCPU",
    "vCPU-Hours",
    "0.04656",
  ),
  "fargate memory": item("used", "Amazon Elastic Container Service")(
    "Fargate-GB-Hours",
    "GB-Hours",
    "0.00511",
  ),
  eks: item("running", "Amazon Elastic Container Service for Kubernetes")(
    "AmazonEKS-Hours:perCluster",
    "Hrs",
    "0.1",
  ),
  images: item("kept", "Amazon EC2 Container Registry (ECR)")("TimedStorage-ByteHrs", "GB-Mo", "0.1"),
  "rest calls": counted("Amazon API Gateway", "ApiGatewayRequest", "Requests", "0.0000037"),
  "http calls": counted("Amazon API Gateway", "ApiGatewayHttpRequest", "Requests", "0.0000012"),
  queue: counted("Amazon Simple Queue Service", "Requests-Tier1", "Requests", "0.0000004"),
  topic: counted("Amazon Simple Notification Service", "Requests-Tier1", "Requests", "0.0000005"),
  mail: counted("Amazon Simple Email Service", "Recipients", "Count", "0.0001"),
  transitions: counted("AWS Step Functions", "StateTransition", "StateTransitions", "0.000025"),
  shards: item("running", "Amazon Kinesis")("Storage-ShardHour", "ShardHour", "0.018"),
  puts: counted("Amazon Kinesis", "PutRequestPayloadUnits", "PutRequest", "0.0000000175"),
  delivery: item("used", "Amazon Kinesis Firehose")("BilledBytes", "GB", "0.033"),
  broker: item("running", "Amazon Managed Streaming for Apache Kafka")("Kafka.m5.large", "Hrs", "0.253"),
  "broker storage": item("kept", "Amazon Managed Streaming for Apache Kafka")(
    "Kafka.Storage.GP2",
    "GB-Mo",
    "0.119",
  ),
  "glue jobs": item("used", "AWS Glue")("ETL-DPU-Hour", "DPU-Hour", "0.44"),
  athena: item("used", "Amazon Athena")("DataScannedInTB", "Terabytes", "5"),
  "gpu training": item("used", "Amazon SageMaker")("Train:ml.p3.2xlarge", "Hrs", "4.779", {
    instanceType: "ml.p3.2xlarge",
  }),
  "gpu endpoint": instance("Amazon SageMaker", "Host")("ml.g4dn.xlarge", "0.921"),
  notebook: item("used", "Amazon SageMaker")("Notebk:ml.t3.medium", "Hrs", "0.0608", {
    instanceType: "ml.t3.medium",
  }),

  "log bytes": item("used", CLOUDWATCH)("DataProcessing-Bytes", "GB", "0.63"),
  "log storage": item("kept", CLOUDWATCH)("TimedStorage-ByteHrs", "GB-Mo", "0.0324"),
  metrics: item("kept", CLOUDWATCH)("CW:MetricMonitorUsage", "Metrics", "0.3"),
  alarms: item("kept", CLOUDWATCH)("CW:AlarmMonitorUsage", "Alarms", "0.1"),
  keys: item("kept", "AWS Key Management Service")("KMS-Keys", "Keys", "1", { prefix: "long" }),
  "key requests": counted("AWS Key Management Service", "KMS-Requests", "Requests", "0.000003", {
    prefix: "long",
  }),
  secrets: item("kept", "AWS Secrets Manager")("AWSSecretsManager-Secrets", "Secrets", "0.4"),
  "threat events": counted("Amazon GuardDuty", "PaidEventsAnalyzed", "Events", "0.0000046"),
  "threat bytes": item("used", "Amazon GuardDuty")("PaidEventsAnalyzed-Bytes", "GB", "1.15"),
  "config items": counted("AWS Config", "ConfigurationItemRecorded", "ConfigurationItemRecorded", "0.003"),
  "trail events": counted("AWS CloudTrail", "PaidEventsRecorded", "Events", "0.00002"),
  "cost requests": counted(
    "AWS Cost Explorer",
    "APIRequest",
    "Requests",
    { "us-east-1": "0.01" },
    { prefix: "always" },
  ),
} as const satisfies Record<string, PricedItem>;

export type ItemName = keyof typeof priceList;

const prefixes: Readonly<Record<PricedRegion, string>> = {
  "eu-central-1": "EUC1-",
  "eu-west-1": "EU-",
  "us-east-1": "",
  global: "",
};

/** The usage type as the bill writes it: `EUC1-NatGateway-Bytes`, `BoxUsage:t3.medium`, `eu-central-1-KMS-Keys`. */
export function usageTypeIn(
  region: PricedRegion,
  { usageType, prefix }: Pick<PricedItem, "usageType" | "prefix">,
) {
  if (prefix === "long") return `${region}-${usageType}`;
  if (prefix === "always" && region === "us-east-1") return `USE1-${usageType}`;
  return `${prefixes[region]}${usageType}`;
}
