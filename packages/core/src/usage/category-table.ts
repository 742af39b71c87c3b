import type { Category } from "./charge-category.ts";

/** One row of the category table: the services and usage types that it applies to, and their category. */
export interface CategoryRow {
  readonly rule: string; // the row's name in logs and docs
  readonly services: "any" | readonly string[]; // keys of service.ts
  readonly usage: RegExp; // against the family: the usage type without its regions
  readonly category: Category;
  readonly words: string; // what it is, for people
}

const anything = /^/;
const something = /[\s\S]/; // not an empty usage type: tax lines in files have none, whatever service they were raised on

/** Network, messages, watching, keys, and answers by the request: what such a service bills is Other unless it keeps bytes. */
const otherServices: readonly string[] = [
  ..."vpc elb cloudfront route53 registrar datatransfer directconnect globalaccelerator vpn transitgateway".split(
    " ",
  ),
  ..."vpclattice cloudwan networkfirewall cloudmap verifiedaccess privatelink appmesh apigateway".split(" "),
  ..."sqs sns ses states swf events appsync firehose pinpoint connect chime workmail workdocs".split(" "),
  ..."cloudwatch cloudtrail config xray prometheus grafana kms secretsmanager cloudhsm".split(" "),
  ..."certificatemanager paymentcryptography waf shield guardduty securityhub securitylake".split(" "),
  ..."securityincidentresponse inspector macie detective auditmanager firewallmanager iam cognito".split(" "),
  ..."verifiedpermissions directoryservice systemsmanager cloudformation costexplorer budgets".split(" "),
  ..."servicecatalog resiliencehub faultinjectionservice devopsguru healthlake datasync transfer".split(" "),
  ..."snowball dataexchange datapipeline appflow migrationhub elasticdisasterrecovery codepipeline".split(
    " ",
  ),
  ..."codecommit codedeploy codeguru codecatalyst devicefarm cloudshell opsworks appconfig quicksight".split(
    " ",
  ),
  ..."q comprehend rekognition textract translate polly transcribe lex personalize forecast".split(" "),
  ..."frauddetector lookoutforvision augmentedai location groundstation ivs media kinesisvideo".split(" "),
  ..."mobileanalytics cleanrooms entityresolution datazone lakeformation iot iotanalytics supplychain".split(
    " ",
  ),
];

/** Services whose charges are compute, unless an earlier row of the table applies. */
const computeServices: readonly string[] = [
  ..."lambda ecs eks emr glue sagemaker bedrock batch apprunner lightsail workspaces appstream".split(" "),
  ..."codebuild gamelift mwaa kendra transcoding kinesisanalytics outposts parallelcomputingservice".split(
    " ",
  ),
  ..."deadlinecloud braket elasticbeanstalk mainframemodernization elasticvmwareservice simspaceweaver".split(
    " ",
  ),
  ..."robomaker cloud9 managedblockchain".split(" "),
];

/**
 * Usage types to categories; the first row that fits decides. The order is the argument: charges that are no usage,
 * commitments, names that would mislead the words below, then words from the most to the least telling
 * (moving, asking, keeping, running, connecting), and last what a service is at heart.
 *
 * Storage keeps bytes, compute runs code or engines, support is no usage at all, everything else is Other. Derived from
 * AWS's documentation of usage types, its price lists and real bills. A row is added when the log lists an unknown usage type.
 */
export const categoryTable: readonly CategoryRow[] = [
  // Charges that are no usage
  {
    rule: "tax",
    services: ["tax"],
    usage: anything,
    category: "Support",
    words: "Tax, whatever it was raised on",
  },
  {
    rule: "refunds-and-credits",
    services: ["refund"],
    usage: anything,
    category: "Support",
    words: "Refunds, credits and fees that stand as a service of their own",
  },
  {
    rule: "premium-support",
    services: ["support"],
    usage: anything,
    category: "Support",
    words: "AWS Support plans",
  },
  {
    rule: "savings-plans",
    services: ["savingsplans"],
    usage: anything,
    category: "Compute",
    words: "Savings Plan commitments, of any kind",
  },
  {
    rule: "no-usage-type",
    services: "any",
    usage: /^No ?Usage ?Type$/i,
    category: "Support",
    words: "What AWS itself calls no usage: tax, fees, refunds, credits",
  },
  {
    rule: "charge-words",
    services: "any",
    usage:
      /^(?:Dollars?|Tax(?:es)?|VAT|GST|Fees?|Refunds?|(?:Promotional-?)?Credits?|(?:Premium-?|AWS-?)?Support|(?:Edp|PrivateRate|Bundled|SPP|RiVolume)?-?Discounts?)(?:$|[-:_. ])/i,
    category: "Support",
    words: "Usage types that name the charge instead of a usage: support is billed in Dollar",
  },

  // Commitments
  {
    rule: "savings-plan-fees",
    services: "any",
    usage: /^[A-Za-z0-9]{1,30}SP:/,
    category: "Compute",
    words: "Savings Plan commitments: ComputeSP:, EC2InstanceSP:, SageMakerSP:, DatabaseSP:",
  },
  {
    rule: "reservations",
    services: "any",
    usage:
      /(?:^|[-:])(?:(?:Heavy|Medium|Light)Usage|Reservation|DedicatedRes|Unused(?:Box|Ded)|ReservedHostUsage|CapacityBlock\w{0,20})(?:$|[:.-])/i,
    category: "Compute",
    words: "Reserved instances, nodes, hosts and database capacity, and capacity reserved but unused",
  },

  // Names that would mislead the words below
  {
    rule: "ebs-requests",
    services: "any",
    usage: /^EBS:(?:VolumeIOUsage|directAPI|SnapshotArchiveRetrieval|\S{0,60}(?:Copy|Bytes|Requests?))/i,
    category: "Other",
    words: "I/O requests of magnetic volumes, direct reads and writes, retrieval and copying of snapshots",
  },
  {
    rule: "ebs",
    services: "any",
    usage: /^EBS:/i,
    category: "Storage",
    words: "Volumes, their provisioned IOPS and throughput, snapshots, fast restore, early delete",
  },
  {
    rule: "extended-support",
    services: "any",
    usage: /Extended[- ]?Support/i,
    category: "Compute",
    words: "Running an engine past its end of life, by the hour: not a support plan",
  },
  {
    rule: "lambda-snapstart",
    services: "any",
    usage: /^Lambda-SnapStart/i,
    category: "Compute",
    words: "Starting functions from a cached snapshot",
  },
  {
    rule: "shard-hours",
    services: "any",
    usage: /^(?:Storage-)?Shard-?Hour|^OnDemand-(?:Advantage-)?StreamHour/i,
    category: "Compute",
    words: "A stream's shards by the hour; AWS spells them Storage-ShardHour",
  },
  {
    rule: "extended-shard-hours",
    services: "any",
    usage: /^Extended-?Shard-?Hour/i,
    category: "Storage",
    words: "Keeping a stream's records longer than a day",
  },
  {
    rule: "stream-consumers",
    services: "any",
    usage: /^EnhancedFan-?out/i,
    category: "Other",
    words: "Delivering a stream's records to consumers of their own",
  },
  {
    rule: "query-engines",
    services: ["athena", "redshift"],
    usage: /DataScanned/i,
    category: "Compute",
    words: "Queries of Athena and Redshift Spectrum, which bill the engine by the byte it reads",
  },
  {
    rule: "athena-scans",
    services: "any",
    usage: /^DataScannedInTB/i,
    category: "Compute",
    words: "Athena's queries, by a name that only Athena has",
  },
  {
    rule: "cloudfront-functions",
    services: "any",
    usage: /^Executions-CloudFrontFunctions/i,
    category: "Compute",
    words: "Functions at the edge, which bill by the run",
  },
  {
    rule: "elastic-throughput",
    services: ["efs"],
    usage: /DataAccess|^(?:ET)?(?:Read|Write)/i,
    category: "Other",
    words: "Reads and writes of a file system, billed as they happen",
  },
  {
    rule: "file-system-throughput",
    services: ["efs", "fsx"],
    usage: /ProvisionedTP|Throughput|IOPS/i,
    category: "Storage",
    words: "Provisioned throughput and IOPS of file systems",
  },
  {
    rule: "monitored-tiers",
    services: "any",
    usage: /_Monitoring\b|Monitoring-Automation|^Storage(?:Lens|Analytics)|^StorageObjectCount|ObjCount\b/i,
    category: "Other",
    words: "Watching and counting stored objects, which keeps no byte",
  },
  {
    rule: "database-insights",
    services: "any",
    usage: /(?:^|[-:])(?:PI_(?:API|LTR)|DatabaseInsights|PerformanceInsights)/i,
    category: "Other",
    words: "Monitoring of databases, also when named after an instance",
  },
  {
    rule: "stored-metrics",
    services: ["prometheus"],
    usage: /Storage/i,
    category: "Storage",
    words: "Metrics kept by Managed Prometheus",
  },
  {
    rule: "ecpu",
    services: "any",
    usage: /^ElastiCacheProcessingUnits/i,
    category: "Compute",
    words: "A serverless cache at work, in ElastiCache processing units",
  },

  // Moving: bytes on their way
  {
    rule: "transfer",
    services: "any",
    usage:
      /Data-?(?:Transfer|Xfer)|(?:^|[-:_])(?:In|Out)-[AO]?Bytes|(?:^|[-:_])AWS-(?:In|Out)-|CloudFront-(?:In|Out)|VpcPeering|(?:Regional|xAZ|Prvd)-\S{0,20}Bytes|(?:^|[-:_])(?:Uploaded|Downloaded|Egress|Ingress|Incoming|Outgoing)|Billed(?:Incoming|Outgoing)|^(?:UPLOAD|DOWNLOAD)|(?:Upload|Download)-?Bytes|Bytes-(?:In|Out)|S3RTC|S3DSSE|(?:^|[-:_])MRAP-/i,
    category: "Other",
    words:
      "Data transfer: to the internet, between regions and zones, over peerings, into and out of services",
  },

  // Asking: requests, I/O requests, retrieval, scans
  {
    rule: "requests",
    services: "any",
    usage: /Requests?(?:$|[-:_.]|V\d)|RequestUnits|RequestPayload|API-?(?:Request|Call)|ChangeDataCapture/i,
    category: "Other",
    words: "Requests and request units of any service",
  },
  {
    rule: "io-requests",
    services: "any",
    usage: /IOUsage|IO-?Requests|ReplicatedWriteIO|(?:Read|Write)-?IOs?(?:$|[-:_])|IOs$/i,
    category: "Other",
    words: "I/O requests of disks, databases and clusters",
  },
  {
    rule: "retrieval",
    services: "any",
    usage:
      /Retriev|(?:^|[-:._])Restore|(?:^|[-:])Select-|ReadBytes|DataAccess|SnapshotExport|Export-?(?:Data)?-?(?:Size|Bytes)|Import-?(?:Data)?-?(?:Size|Bytes)|ExportToS3/i,
    category: "Other",
    words: "Reading back, restoring, exporting and importing what is stored",
  },
  {
    rule: "object-handling",
    services: "any",
    usage:
      /Inventory|BatchOperations|BytesDeleted|OverwriteBytes|(?:Monitored|Compacted)Objects|Processed-?Bytes|Put-Bytes|Query-\S{0,20}Bytes|Metadata-Updates|Bucket-Hrs/i,
    category: "Other",
    words: "Listing, monitoring, compacting and counting objects",
  },

  // Keeping: bytes at rest
  {
    rule: "stored-bytes",
    services: "any",
    usage: /Timed\w{0,20}Storage|Byte-?H(?:ou)?rs?|GigabyteH|(?:GB|Gigabyte)-?Mo(?:nth)?s?(?:$|[-:])/i,
    category: "Storage",
    words: "Bytes over time, whoever keeps them: objects, files, tables, logs, images, messages",
  },
  {
    rule: "early-delete",
    services: "any",
    usage: /Early-?Delet/i,
    category: "Storage",
    words: "Minimum storage time that was not used up",
  },
  {
    rule: "volumes",
    services: "any",
    usage: /Volume(?:Usage|P-)|(?:^|[-:])(?:DiskUsage|Disk-|BlockStorage)/i,
    category: "Storage",
    words: "Disks of notebooks, training jobs, endpoints and small servers",
  },
  {
    rule: "backups-and-snapshots",
    services: "any",
    usage:
      /Backup(?:Usage|Storage|s(?:$|[-:]))|Snapshot(?:Usage|Storage|s?(?:$|[-:.]))|BackupUsg|BacktrackUsage|(?:^|[-:])SnapshotArchive/i,
    category: "Storage",
    words: "Backups, snapshots and the change records behind a rewind",
  },
  {
    rule: "provisioned-io",
    services: "any",
    usage: /IOPS|(?:GP\d|IO\d|P)-(?:Provisioned-?)?Throughput|ThroughputCapacity|ProvisionedTP/i,
    category: "Storage",
    words: "Provisioned IOPS and throughput of database and search volumes",
  },
  {
    rule: "redshift-managed-storage",
    services: "any",
    usage: /^(?:Redshift:)?RMS:/i,
    category: "Storage",
    words: "Redshift managed storage; named after the node type it belongs to",
  },
  {
    rule: "kept-in-memory",
    services: "any",
    usage: /CachedData|MemoryStore|MagneticStore|SPICE/,
    category: "Storage",
    words: "Data kept in serverless caches, in memory stores and in SPICE, by the gigabyte",
  },
  {
    rule: "kept-records",
    services: "any",
    usage: /(?:Extended|LongTerm)-?Retention|(?:Vectors|Bytes|Data|Objects?)-?Stored/i,
    category: "Storage",
    words: "Records and vectors kept by the month",
  },
  {
    rule: "storage",
    services: "any",
    // Capital S: the word in AWS's spelling. Compute-, memory- and storage-optimized are kinds of machines.
    usage: /Storage(?!-?Optimized)|STORAGE(?!-OPT)/,
    category: "Storage",
    words: "Whatever AWS itself calls storage",
  },

  // Services that connect, watch or answer
  {
    rule: "edge-functions",
    services: ["cloudfront"],
    usage: /Lambda-Edge-GB|GB-Second/i,
    category: "Compute",
    words: "Lambda functions at the edge, by their run time",
  },
  {
    rule: "workflow-run-time",
    services: ["states"],
    usage: /GB-?Second/i,
    category: "Compute",
    words: "Express workflows, by their run time",
  },
  {
    rule: "api-caches",
    services: ["apigateway", "appsync"],
    usage: /Cache/i,
    category: "Compute",
    words: "Cache nodes in front of an API",
  },
  {
    rule: "other-services",
    services: otherServices,
    usage: something,
    category: "Other",
    words: "Network, messages, monitoring, keys, security and answers by the request",
  },

  // Running: code and engines
  {
    rule: "instances",
    services: "any",
    usage:
      /(?:Box|Spot|Dedicated|Host)Usage|(?:Instance|Node|Bundle|Mirror|Multi-AZ(?:Cluster)?|Proxy|Software|Fleet|Server|Broker|Graph|Cluster)(?:Usage|Usg)|ESInstance|RDSProxy|(?:^|[-:])Node:|Instance-?Hours?/i,
    category: "Compute",
    words: "Instances, hosts, nodes and brokers by the hour",
  },
  {
    rule: "serverless-engines",
    services: "any",
    usage: /Serverless\w{0,20}Usage|vCPUUsage/i,
    category: "Compute",
    words: "Databases and warehouses that run by the demand",
  },
  {
    rule: "cpu-credits",
    services: "any",
    usage: /CPU-?Credits/i,
    category: "Compute",
    words: "CPU credits of burstable instances",
  },
  {
    rule: "ebs-optimized",
    services: "any",
    usage: /^EBSOptimized/i,
    category: "Compute",
    words: "An instance's faster line to its volumes: billed with the instance",
  },
  {
    rule: "cpu-and-memory-time",
    services: "any",
    usage: /v?CPU-?(?:H(?:ou)?rs?|Min|Sec)|G[Bi]{1,2}-?(?:H(?:ou)?rs?|Sec|Min)|(?:Memory|Mem)-?GB|GPU-?H/i,
    category: "Compute",
    words: "vCPU and memory by the hour or second: tasks, functions, jobs",
  },
  {
    rule: "capacity-units",
    services: "any",
    usage:
      /(?:DPU|ACU|RPU|OCU|NCU|KPU|ECPU|TCU|DCU|MCU)s?(?:-?H(?:ou)?rs?|Usage)?(?![A-Za-z])|(?:Read|Write)CapacityUnit|ModelUnit|Node-?Hour|(?:^|[-.])mcu(?:$|[.:-])/,
    category: "Compute",
    words:
      "Engines by their own measure: DPU, ACU, RPU, OCU, NCU, KPU, MCU, provisioned reads and writes, model units",
  },
  {
    rule: "functions",
    services: "any",
    usage: /^Lambda-/i,
    category: "Compute",
    words: "Functions and their provisioned concurrency",
  },
  {
    rule: "model-inference",
    services: "any",
    usage: /tokens?(?:$|[^a-z])|TokenCount/i,
    category: "Compute",
    words: "Language models at work, by the token",
  },
  {
    rule: "clusters",
    services: "any",
    usage:
      /Hours?:perCluster|(?:Cluster|Partition|Replicator)[-.]?Hours?|^AmazonEKS-|^EKS-|^Fargate-|^ECS-|^EMR-|^AppRunner-|^AW-(?:HW|SW)|^AutoStop/i,
    category: "Compute",
    words: "Control planes, container capacity and desktops",
  },
  {
    rule: "builds",
    services: "any",
    usage: /Build-?(?:Min|Duration|Sec)/i,
    category: "Compute",
    words: "Builds by the minute",
  },
  {
    rule: "instance-type-names",
    services: "any",
    usage: /[a-z0-9]\.(?:nano|micro|small|medium|large|\d{0,2}xlarge|xlplus|metal)(?![a-z])/i,
    category: "Compute",
    words: "Anything named after a machine size: Kafka.m5.large, Host:ml.g5.xlarge, Node:ra3.xlplus",
  },

  // Connecting and watching, by their words
  {
    rule: "network",
    services: "any",
    usage:
      /LoadBalancer|LCUUsage|NatGateway|ElasticIP|PublicIPv4|IPAddress|(?:Additional|Idle|InUse)-?Address|StaticIP|VPN|Vpc|TransitGateway|Endpoint|Peering|HostedZone|DNS|Health-?Check|PortUsage|ENI-|Traffic|Accelerat|CarrierIP|ResolverNetworkInterface|SSL-Cert|Invalidations|PrivateConnectivity|LocalGateway|Bandwidth|GatewayUsage|(?:^|-)CDN/i,
    category: "Other",
    words: "Load balancers, NAT, addresses, endpoints, DNS",
  },
  {
    rule: "monitoring",
    services: "any",
    usage:
      /(?:^|[-:])CW:|VendedLog|DataProcessing|Data-?Scanned|Metric|Alarm|Dashboard|Canary|Logs?-|XRay|Trace|Events?(?:$|[-A-Z])|Evaluation|ConfigurationItem|Findings?|Monitor/,
    category: "Other",
    words: "Logs taken in, metrics, alarms, events, rules",
  },
  {
    rule: "keys-and-messages",
    services: "any",
    usage:
      /KMS|Secret|(?:^|[-:])Keys|Certificate|Messages?|Notification|Delivery|Email|Recipient|SMS|WebACL|MAU|Streams|-mins$|StateTransition/,
    category: "Other",
    words: "Keys, secrets, messages, users",
  },
  {
    rule: "bytes-handled",
    services: "any",
    usage: /Bytes(?:$|[-:_])|(?:^|-)Data(?:Written|Ingest)/i,
    category: "Other",
    words: "Bytes that passed through something: written, ingested, compacted",
  },

  // What a service is at heart
  {
    rule: "file-systems",
    services: ["efs", "fsx"],
    usage: something,
    category: "Storage",
    words: "File systems keep files",
  },
  {
    rule: "compute-services",
    services: computeServices,
    usage: something,
    category: "Compute",
    words: "Services that run what you give them",
  },
];
