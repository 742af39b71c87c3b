import type { Category } from "../usage/index.ts";

/** A charge and its category. Written from AWS's naming: its pages on billing codes, its price lists, names on real bills. */
export interface ExpectedCharge {
  readonly service: string;
  readonly usageType: string;
  readonly category: Category;
}

/** Charges of many services, usage types without region prefixes, each with the category that it must have. */
export function expectedCharges(): readonly ExpectedCharge[] {
  const charges: ExpectedCharge[] = [];
  let service = "";
  for (const line of text.trim().split("\n")) {
    const words = /^ {2}(Storage|Compute|Support|Other): (.*)$/.exec(line);
    if (words === null) {
      service = line;
      continue;
    }
    for (const usageType of (words[2] ?? "").split(" ")) {
      charges.push({ service, usageType, category: words[1] as Category });
    }
  }
  return charges;
}

const text = `
Amazon Simple Storage Service
  Storage: TimedStorage-ByteHrs TimedStorage-INT-FA-ByteHrs TimedStorage-INT-IA-ByteHrs TimedStorage-INT-AIA-ByteHrs TimedStorage-INT-AA-ByteHrs TimedStorage-INT-DAA-ByteHrs
  Storage: TimedStorage-SIA-ByteHrs TimedStorage-SIA-SmObjects TimedStorage-ZIA-ByteHrs TimedStorage-ZIA-SmObjects TimedStorage-GIR-ByteHrs TimedStorage-GIR-SmObjects
  Storage: TimedStorage-GlacierByteHrs TimedStorage-GlacierStaging TimedStorage-GDA-ByteHrs TimedStorage-GDA-Staging TimedStorage-XZ-ByteHrs TimedStorage-RRS-ByteHrs
  Storage: EarlyDelete-ByteHrs EarlyDelete-GDA EarlyDelete-GIR EarlyDelete-GIR-SmObjects EarlyDelete-SIA EarlyDelete-SIA-SmObjects EarlyDelete-ZIA TagStorage-TagHrs
  Storage: Tables-TimedStorage-ByteHrs Tables-TimedStorage-INT-FA-ByteHrs Vectors-TimedStorage-ByteHrs Annotation-TimedStorage-ByteHrs Files-TimedStorage-ByteHrs
  Other: Requests-Tier1 Requests-Tier2 Requests-Tier3 Requests-Tier6 Requests-SIA-Tier1 Requests-INT-Tier2 Requests-GDA-Tier3 Requests-XZ-Tier1 Tables-Requests-Tier1 Vectors-Request-Tier1
  Other: Retrieval-SIA Retrieval-ZIA Retrieval-GIR Standard-Retrieval-Bytes Bulk-Retrieval-Bytes Expedited-Retrieval-Bytes Select-Scanned-Bytes Select-Returned-SIA-Bytes
  Other: Monitoring-Automation-INT StorageLens-ObjCount StorageLensFreeTier-ObjCount StorageAnalytics-ObjCount StorageObjectCount Inventory-ObjectsListed Bucket-Hrs Metadata-Updates
  Other: BatchOperations-Jobs BatchOperations-Objects BytesDeleted-STANDARD OverwriteBytes-Put-GIR Tables-MonitoredObjects Tables-CompactedObjects Tables-ProcessedBytes Vectors-Put-Bytes Vectors-Query-Returned-Bytes
  Other: DataTransfer-Out-Bytes DataTransfer-In-Bytes DataTransfer-Regional-Bytes AWS-Out-Bytes AWS-In-Bytes AWS-Out-ABytes AWS-In-ABytes-T1 C3DataTransfer-Out-Bytes S3G-DataTransfer-In-Bytes CloudFront-Out-Bytes
  Other: S3RTC-Out-Bytes S3DSSE-In-Bytes MRAP-Out-Bytes
Amazon Glacier
  Storage: TimedStorage-ByteHrs EarlyDelete-ByteHrs TimedStorage-GlacierByteHrs
  Other: Requests-Tier1 Requests-Tier3 Standard-Retrieval-Bytes Expedited-Retrieval-Bytes
Amazon Elastic File System
  Storage: TimedStorage-ByteHrs TimedStorage-Z-ByteHrs IATimedStorage-ByteHrs IATimedStorage-ET-ByteHrs IATimedStorage-Z-SmallFiles IATimedStorage-SmallFiles ArchiveTimedStorage-ByteHrs ArchiveTimedStorage-SmallFiles
  Storage: ArchiveEarlyDelete-SmallFiles ProvisionedTP-MiBpsHrs
  Other: ETDataAccess-Bytes IADataAccess-Bytes ArchiveDataAccess-Bytes DataTransfer-Out-Bytes
Amazon FSx
  Storage: Storage.SSD.50 Storage.SSD.125 Storage.MultiAZ:SSD Storage.MultiAZ:HDD Storage.SAZ_2N:SSD Storage.SAZ2:SSD Storage.SAZ_2N:CPoolStd BackupUsage BackupUsage.MultiAZ ThroughputCapacity ThroughputCapacity.SAZ_2N ProvisionedSSDIOPS.MAZ SnapshotUsage SSDReadCache.MAZ
  Other: Requests.MAZ:CPoolStdWr Storage.MAZ:INT_Monitoring DataTransfer-Out-Bytes
AWS Backup
  Storage: WarmStorage-ByteHrs-EFS WarmStorage-ByteHrs-DynamoDB WarmStorage-ByteHrs-S3 WarmStorage-ByteHrs-EBS-LAGV ColdStorage-ByteHrs-EFS ColdStorage-ByteHrs-VM EarlyDelete-ColdByteHrs-EFS
  Other: Restore-WarmBytes-EFS Restore-ColdBytes-EFS BackupEvaluations AWS-Out-Bytes
AWS Storage Gateway
  Storage: Gateway:VTL-Storage Gateway:Volume-Storage EBS:SnapshotUsage VTA-EarlyDelete-ByteHrs
  Other: Uploaded-Bytes Gateway:VTS-Retrieval
Amazon EC2 Container Registry (ECR)
  Storage: TimedStorage-ByteHrs
  Other: DataTransfer-Out-Bytes AWS-Out-Bytes
AWS CodeArtifact
  Storage: TimedStorage-ByteHrs
  Other: Requests DataTransfer-Out-Bytes
Amazon Elastic Compute Cloud - Compute
  Compute: BoxUsage BoxUsage:t3.large BoxUsage:c7g.16xlarge BoxUsage:u-6tb1.112xlarge BoxUsage:m6i.metal SpotUsage:m5.4xlarge SpotUsage DedicatedUsage:r5.large HostUsage:mac2 HostBoxUsage:c5.large ReservedHostUsage:m5
  Compute: HeavyUsage:m4.large MediumUsage:m1.small LightUsage:c1.medium UnusedBox:p4d.24xlarge UnusedDed:m5.large Reservation:p5.48xlarge DedicatedRes:r5.large EBSOptimized:m3.xlarge CPUCredits:t3 ElasticInference:eia2.medium
  Other: DataTransfer-Out-Bytes DataTransfer-Regional-Bytes AWS-Out-Bytes
  Support: NoUsageType
EC2 - Other
  Storage: EBS:VolumeUsage EBS:VolumeUsage.gp2 EBS:VolumeUsage.gp3 EBS:VolumeUsage.piops EBS:VolumeUsage.io2 EBS:VolumeUsage.st1 EBS:VolumeUsage.sc1 EBS:VolumeP-IOPS.piops EBS:VolumeP-IOPS.gp3 EBS:VolumeP-IOPS.io2.tier2
  Storage: EBS:VolumeP-Throughput.gp3 EBS:SnapshotUsage EBS:SnapshotUsageUnderBilling EBS:SnapshotArchiveStorage EBS:SnapshotArchiveEarlyDelete EBS:FastSnapshotRestore
  Compute: CPUCredits:t2 CPUCredits:t4g
  Other: EBS:VolumeIOUsage EBS:directAPI.snapshot.Get EBS:directAPI.snapshot.Put EBS:SnapshotArchiveRetrieval NatGateway-Hours NatGateway-Bytes NatGateway-Prvd-Bytes ElasticIP:IdleAddress ElasticIP:AdditionalAddress ElasticIP:Remap
  Other: DataTransfer-xAZ-In-Bytes DataTransfer-AZ-Out-Bytes VpcPeering-In-Bytes VpcPeering-Out-Bytes CloudFront-In-Bytes DataTransfer-In-OBytes ENI-Mirror
Amazon Virtual Private Cloud
  Other: VpcEndpoint-Hours VpcEndpoint-Bytes VpcEndpoint-GWLBE-Hours TransitGateway-Hours TransitGateway-Bytes PublicIPv4:InUseAddress PublicIPv4:IdleAddress VPN-Usage-Hours:ipsec.1 ClientVPN-ConnectionHours ClientVPN-EndpointHours IPAddressManager-IP-Hours VPCLattice-Service-Hourly CloudWAN-Attachment-Hours NetworkAccessAnalyzer-ENIs
Amazon Elastic Load Balancing
  Other: LoadBalancerUsage LCUUsage LCUUsage-Reserved DataProcessing-Bytes IdleProvisionedLBCapacity TrustStoreUsage DataTransfer-Out-Bytes
AWS Lambda
  Compute: Lambda-GB-Second Lambda-GB-Second-ARM Lambda-Provisioned-GB-Second Lambda-Provisioned-Concurrency Lambda-Provisioned-Concurrency-ARM Lambda-Edge-GB-Second Lambda-SnapStart-Cached-GB-S Lambda-Managed-Instances-Mgmt
  Storage: Lambda-Storage-GB-Second Lambda-Storage-GB-Second-ARM
  Other: Request Request-ARM Lambda-Edge-Request Lambda-Streaming-Response-Processed-Bytes DataTransfer-Out-Bytes
Amazon Elastic Container Service
  Compute: Fargate-vCPU-Hours:perCPU Fargate-GB-Hours Fargate-ARM-vCPU-Hours:perCPU Fargate-ARM-GB-Hours Fargate-Windows-OS-Hours:perCPU SpotUsage-Fargate-vCPU-Hours:perCPU ECS-Anywhere-Instance-hours ECS-EC2-vCPU-Hours ECS-EC2-GB-Hours
  Storage: Fargate-EphemeralStorage-GB-Hours
  Other: DataTransfer-Out-Bytes
Amazon Elastic Container Service for Kubernetes
  Compute: AmazonEKS-Hours:perCluster AmazonEKS-Hours:extendedSupport EKS-Auto:c6a.large-management-hours EKS-Hybrid-Nodes-vCPU-Hours Fargate-vCPU-Hours:perCPU EKS-EC2-vCPU-Hours EKS-Capabilities-ArgoCD-Hours
Amazon Elastic MapReduce
  Compute: BoxUsage:m5.xlarge EMR-SERVERLESS-vCPUHours EMR-SERVERLESS-MemoryGBHours EMR-SERVERLESS-ARM-vCPUHours EMR-SERVERLESS-ARM-MemoryGBHours EMR-EKS-EC2-vCPUHours EMR-EKS-EC2-GBHours EMR-FARGATE-GBHours WALHours
  Storage: EMR-SERVERLESS-StorageGBHours
  Other: WAL-WriteRequestUnits
AWS Glue
  Compute: ETL-DPU-Hour ETL-Flex-DPU-Hour Crawler-DPU-Hour GlueInteractiveSession-DPU-Hour DEVED-DPU-Hour Column-Statistics-DPU-Hour Optimization-DPU-Hour DBrew-Node-Hour DBrew-Sessions MEM-OPT-ETL-DPU-Hour
  Storage: Catalog-Storage
  Other: Catalog-Request
Amazon Athena
  Compute: DataScannedInTB DataScannedInTB-FederatedQuery CodeExecutionInDPUHours ProvisionedCapacity-DPU-Hour
  Other: DataTransfer-Out-Bytes
Amazon SageMaker
  Compute: Host:ml.m5.xlarge Train:ml.p3.2xlarge Notebk:ml.t3.medium Studio:JupyterLab-ml.t3.medium Processing:ml.m5.large Tsform:ml.c5.large AsyncInf:ml.g4dn.xlarge TrSpt:ml.g5.2xlarge Cluster:ml.p5.48xlarge ServerlessInf:Mem-4GB
  Compute: Canvas:Session-Hrs RStudio:RSessionGateway-ml.t3.medium MLflow:TrackingServerCompute-Small SageMaker:HeavyUsage:ml.m5.large
  Storage: Studio:VolumeUsage.gp3 Notebk:VolumeUsage.gp2 Host:VolumeUsage.gp2 Train:VolumeUsage.gp2 FeatureStore:TimedStorage-ByteHrs MLflow:Storage Cluster:VolumeUsage.gp3
  Other: Host:Data-Bytes-In Host:Data-Bytes-Out FeatureStore:ReadRequestUnits FeatureStore:WriteRequestUnits DataTransfer-Out-Bytes
Amazon Bedrock
  Compute: Claude3Sonnet-input-tokens Claude3Sonnet-output-tokens Nova2.0Lite-cache-read-input-tokens Mistral7B-output-tokens-batch TitanEmbeddingsG1-Text-input-tokens Llama2-13B-ProvisionedThroughput-1MonthCommit-ModelUnits TitanImageGeneratorG1-T2I-1024-Standard
  Compute: Guardrail-ContentPolicyUnitsConsumed Customization-Training Runtime:Consumption-based:vCPU
  Storage: TitanText-Customization-Storage
Claude 3.5 Sonnet (Amazon Bedrock Edition)
  Compute: MP:USE1_InputTokenCount-Units MP:USE1_OutputTokenCount_Global-Units
AWS App Runner
  Compute: AppRunner-vCPU-hours AppRunner-GB-hours AppRunner-Provisioned-GB-hours AppRunner-Build-Minutes
Amazon Lightsail
  Compute: BundleUsage:0.5GB BundleUsage:2GB RelationalDatabase:1GB
  Storage: ObjectStorage:5GB SnapshotUsage BlockStorage:Disk Disk-Usage
  Other: DataXfer-Out-Free-Bytes TotalDataXfer-Out-Bytes UnusedStaticIP LoadBalancerUsage DNS-Queries
Amazon WorkSpaces
  Compute: AW-HW-1 AW-HW-User-Usage AutoStop-Usage AW-SW-4 AW-HWB6-1 AW-HW-Pools-Stopped-Usage
Amazon AppStream
  Compute: AppStream-fleet:stream.standard.medium ImageBuilder:stream.standard.large StoppedInstance:stream.standard.small
AWS CodeBuild
  Compute: Build-Min:Linux:g1.small Build-Min:ARM:g1.large Build-Min:Lambda:g1.2GB
AWS CodePipeline
  Other: activePipeline V2-ActionExecutionMinutes
AWS Amplify
  Compute: BuildDuration
  Storage: DataStorage
  Other: DataTransferOut
Amazon GameLift
  Compute: BoxUsage:c5.large SpotUsage:c5.xlarge
  Storage: EBS:VolumeUsage.gp2
AmazonMWAA
  Compute: Airflow-SmallEnvironment Airflow-MediumWorker Airflow-LargeScheduler
  Storage: Airflow-StandardDatabaseStorage
Amazon Elastic Transcoder
  Compute: ets-hd-success ets-sd-success
Amazon Relational Database Service
  Compute: InstanceUsage:db.t3.micro InstanceUsage:db.r6g.large InstanceUsageIOOptimized:db.r6g.large Multi-AZUsage:db.m5.large Multi-AZClusterUsage:db.m6gd.large MirrorUsage:db.m5.large HeavyUsage:db.r5.large ServerlessUsage
  Compute: Aurora:ServerlessUsage Aurora:ServerlessV2Usage Aurora:ServerlessV2IOOptimizedUsage RDS:ProxyUsage CPUCredits:db.t3 ExtendedSupport:Yr1-Yr2:MySQL5.7
  Storage: RDS:GP2-Storage RDS:GP3-Storage RDS:Multi-AZ-GP3-Storage RDS:Multi-AZCluster-PIOPS-Storage-IO2 RDS:Mirror-GP2-Storage RDS:StorageUsage RDS:Multi-AZ-StorageUsage RDS:PIOPS-Storage RDS:PIOPS RDS:Multi-AZ-PIOPS
  Storage: RDS:GP3-PIOPS RDS:GP3-Throughput RDS:IO2-PIOPS RDS:Multi-AZCluster-GP3-Throughput RDS:ChargedBackupUsage RDSCustom:ChargedBackupUsage Aurora:StorageUsage Aurora:IO-OptimizedStorageUsage Aurora:BackupUsage Aurora:BacktrackUsage
  Other: RDS:StorageIOUsage Aurora:StorageIOUsage Aurora:ReplicatedWriteIO Aurora:SnapshotExportToS3 RDS:SnapshotExportToS3 PI_API PI_LTR:R5 DatabaseInsights-vCPU-Hours Aurora:Data-API-Requests DataTransfer-xAZ-In-Bytes
Amazon Neptune
  Compute: InstanceUsage:db.r5.large Neptune:ServerlessUsage MemoryOptimizedGraphUsage MemoryOptimizedStoppedGraphUsage
  Storage: StorageUsage BackupUsage GraphSnapshot Neptune:IO-OptimizedStorageUsage
  Other: StorageIOUsage
Amazon DocumentDB (with MongoDB compatibility)
  Compute: InstanceUsage:db.r6g.large InstanceUsageIOOptimized:db.r6g.xlarge ElasticvCPUUsage:ondemand
  Storage: StorageUsage BackupUsage ElasticStorageUsage ElasticBackupUsage IO-OptimizedStorageUsage
  Other: StorageIOUsage
Amazon DynamoDB
  Storage: TimedStorage-ByteHrs IA-TimedStorage-ByteHrs TimedBackupStorage-ByteHrs TimedPITRStorage-ByteHrs
  Compute: ReadCapacityUnit-Hrs WriteCapacityUnit-Hrs ReplWriteCapacityUnit-Hrs IA-ReadCapacityUnit-Hrs HeavyUsage:dynamodb.read HeavyUsage:dynamodb.write NodeUsage:dax.r4.large
  Other: ReadRequestUnits WriteRequestUnits ReplWriteRequestUnits IA-WriteRequestUnits Streams-Requests ChangeDataCaptureUnits-Kinesis ExportDataSize-Bytes ImportDataSize-Bytes RestoreDataSize-Bytes
Amazon DynamoDB Accelerator (DAX)
  Compute: NodeUsage:dax.t3.small
Amazon ElastiCache
  Compute: NodeUsage:cache.t3.micro NodeUsage:cache.r6gd.xlarge HeavyUsage:cache.m5.large ElastiCacheProcessingUnits:Redis ElastiCacheProcessingUnits:Valkey ExtendedSupport:Yr1-Yr2:cache.m5.large
  Storage: CachedData:Redis CachedData:Memcached CachedData:Valkey BackupUsage ElastiCache:BackupUsage
  Other: DataTransfer-xAZ-Out-Bytes
Amazon MemoryDB
  Compute: NodeUsage:db.r6g.large
  Storage: BackupUsage SnapshotUsage
  Other: DataWritten-Bytes
Amazon Redshift
  Compute: Node:ra3.xlplus Node:dc2.large Node:ra3.16xlarge CS:ra3.4xlarge HeavyUsage:dc2.large Redshift:ServerlessUsage Redshift:ServerlessUsage-CR-1YR-NU DataScanned
  Storage: RMS:ra3.4xlarge RMS:Serverless PaidSnapshots Redshift:PaidSnapshots
Amazon OpenSearch Service
  Compute: ESInstance:t3.small ESInstance:r6g.large HeavyUsage:r5.large.search SearchOCU IndexingOCU IngestionOCU SemanticSearchOCU OpenSearchExtendedSupport
  Storage: ES:GP2-Storage ES:GP3-Storage ES:Magnetic-Storage ES:PIOPS-Storage ES:PIOPS ES:GP3-PIOPS ES:GP3-Provisioned-ThroughPut ES:Managed-Storage ES:freetier-Storage StorageUsedInS3ByteHour OpenSearch-Vectors-TimedStorage-ByteHrs
Amazon Keyspaces (for Apache Cassandra)
  Storage: TimedStorage-ByteHrs PITRStorage-ByteHrs
  Compute: ReadCapacityUnit-Hrs WriteCapacityUnit-Hrs
  Other: ReadRequestUnits WriteRequestUnits
Amazon Timestream
  Storage: MemoryStore-ByteHrs MagneticStore-ByteHrs InfluxDBStorage
  Compute: InstanceUsage:db.influx.medium QueryTCU-Hours
  Other: DataIngestion-Bytes DataScanned-Bytes
Amazon Quantum Ledger Database
  Storage: JournalStorage-ByteHrs IndexedStorage-ByteHrs
  Other: ReadIOs WriteIOs
AWS Database Migration Service
  Compute: InstanceUsg:dms.t3.medium Multi-AZUsg:dms.c5.large Serverless-DCU-Hours
  Storage: StorageUsage LogStorage:GP2
Amazon Managed Streaming for Apache Kafka
  Compute: Kafka.m5.large Kafka.t3.small Express.m7g.large Kafka.mcu.general KafkaServerless-ClusterHours KafkaServerless-PartitionHours
  Storage: Kafka.Storage.GP2 Kafka.Storage.Tiered Express.Storage KafkaServerless-Storage Kafka.ProvisionedStorageThroughput
  Other: KafkaServerless-In-Bytes KafkaServerless-Out-Bytes Kafka.DataRetrieval.Tiered Kafka.PrivateConnectivityHours
Amazon Kinesis
  Compute: Storage-ShardHour OnDemand-StreamHour
  Storage: Extended-ShardHour LongTermRetention-ByteHrs OnDemand-ExtendedRetention-ByteHrs OnDemand-LongTermRetention-ByteHrs
  Other: PutRequestPayloadUnits OnDemand-BilledIncomingBytes OnDemand-BilledOutgoingBytes OnDemand-BilledOutgoingEFOBytes LongTermRetention-ReadBytes ReadBytes EnhancedFanoutHour
Amazon Kinesis Firehose
  Other: BilledBytes FormatConversion-Bytes Firehose-VpcDelivery-Hours DynamicPartitioning-Bytes
Amazon Kinesis Analytics
  Compute: KPU-Hour-Java KPU-Hour-SQL
  Storage: RunningApplicationStorage DurableApplicationBackups
AmazonMQ
  Compute: InstanceUsage:mq.m5.large Multi-AZUsage:mq.m5.large
  Storage: TimedStorage-ByteHrs TimedStorage-EBS-ByteHrs TimedStorage-RabbitMQ-ByteHrs
AmazonCloudWatch
  Storage: TimedStorage-ByteHrs TimedStorage-IA-ByteHrs TimedStorage-AIA-ByteHrs
  Other: DataProcessing-Bytes DataProcessingIA-Bytes VendedLog-Bytes VendedLogIA-Bytes CW:MetricMonitorUsage CW:MetricsUsage CW:Requests CW:AlarmMonitorUsage CW:HighResAlarmMonitorUsage CW:GMD-Metrics CW:ContributorInsightRules
  Other: DashboardsUsageHour DashboardsUsageHour-Basic DataScanned-Bytes Logs-LiveTail Canary-runs Application-Signals-Bytes MetricStreamUsage S3-Egress-Bytes DataProtection-Bytes InternetMonitor-CityNetwork
CloudWatch Events
  Storage: TimedStorage-ByteHrs
  Other: Event-64K-Chunks Event-8K-Chunks ArchivedEvents-Bytes ScheduledInvocation
AWS X-Ray
  Other: XRay-TracesStored XRay-TracesAccessed XRay-Spans-Indexed
Amazon Managed Service for Prometheus
  Storage: AMP:MetricStorageByteHrs
  Other: AMP:MetricSampleCount AMP:QuerySamplesProcessed
AWS CloudTrail
  Other: FreeEventsRecorded PaidEventsRecorded DataEventsRecorded InsightsEvents Ingestion-Bytes
AWS Config
  Other: ConfigurationItemRecorded ConfigRuleEvaluations ConformancePackEvaluations CustomConfigItemRecorded
Amazon GuardDuty
  Other: PaidEventsAnalyzed PaidEventsAnalyzed-Bytes PaidS3DataEventsAnalyzed PaidKubernetesAuditLogsAnalyzed PaidEKSvCPUMonitored MalwareProtection-EBS-Bytes
AWS Security Hub
  Other: PaidComplianceCheck FindingsIngested
Amazon Inspector
  Other: EC2-Instance-Scanning ECR-Initial-Scan Lambda-Standard-Scanning
Amazon Macie
  Other: S3BucketEvaluations SensitiveDataDiscovery-Bytes
AWS WAF
  Other: WebACLV2 RuleV2 RequestV2-Tier1 Request ShieldProtected-RequestV2-Tier1 AMR-BotControl-Request
AWS Shield
  Other: Shield-Monthly-Fee DataTransfer-Out-Bytes
AWS Key Management Service
  Other: KMS-Keys KMS-Requests KMS-Requests-Asymmetric
AWS Secrets Manager
  Other: AWSSecretsManager-Secrets AWSSecretsManagerAPIRequest
AWS CloudHSM
  Other: CloudHSMv2Usage
AWS Certificate Manager
  Other: PaidPrivateCA PrivateCertificatesIssued
AWS Directory Service
  Other: Small-Directory-Usage Std-MicrosoftAD-DC-Usage SharedMsftAD-Usage
AWS Systems Manager
  Other: PS-Advanced-Param-Tier1 PS-Param-Processed-Tier2 MI-AdvInstances-Hrs AutomationStep-Count
Amazon Simple Queue Service
  Other: Requests Requests-Tier1 Requests-RBP Requests-FIFO-Tier1 DataTransfer-Out-Bytes
Amazon Simple Notification Service
  Other: Requests-Tier1 DeliveryAttempts-HTTP DeliveryAttempts-SMS F-DA-SQS F-Ingress-Tier1
Amazon Simple Email Service
  Other: Recipients Recipients-EC2 Message AttachmentsSize-Bytes DedicatedIP-Managed
AWS Step Functions
  Compute: StepFunctions-GB-Second
  Other: StateTransition StepFunctions-Request
Amazon API Gateway
  Compute: ApiGatewayCacheUsage:0.5
  Other: ApiGatewayRequest ApiGatewayHttpRequest ApiGatewayMinute ApiGatewayMessage DataTransfer-Out-Bytes
AWS AppSync
  Other: GraphQLInvocation RealTimeMessages
Amazon CloudFront
  Compute: Lambda-Edge-GB-Second Executions-CloudFrontFunctions
  Other: DataTransfer-Out-Bytes DataTransfer-Out-OBytes Requests-Tier1 Requests-Tier2-HTTPS Requests-HTTP-Proxy Requests-OriginShield Lambda-Edge-Request Invalidations SSL-Cert-Custom RealTimeLog-KinesisDataStream KeyValueStore-EdgeReads
Amazon Route 53
  Other: HostedZone DNS-Queries Intra-AWS-DNS-Queries Health-Check-AWS Health-Check-Option-Non-AWS ResolverNetworkInterface DNS-Firewall-Queries
Amazon Registrar
  Other: DomainRegistration-com
AWS Global Accelerator
  Other: Accelerator-Hours DataTransfer-Out-Premium-Bytes
AWS Direct Connect
  Other: PortUsage:10G HCPortUsage:1G DataXfer-Out:dc.3 DataTransfer-Out-Bytes:dc.3
AWS Transfer Family
  Other: ProtocolHours UploadBytes DownloadBytes UPLOAD ENDPOINT
AWS DataSync
  Other: DataSync-Bytes-Copied Task-Bytes
AWS Import/Export Snowball
  Other: SNOWBALL-JOB ExtraDays
Amazon Connect
  Other: end-customer-mins did-inbound-mins tollfree-inbound-mins chat-message
Amazon QuickSight
  Storage: QS-Enterprise-SPICE
  Other: QS-User-Enterprise-Month Reader-Usage Amazon-Q-QS-Fee
Amazon Rekognition
  Storage: FaceVectorsStored
  Other: ImagesProcessed MinutesOfVideoProcessed
Amazon Textract
  Other: PagesforDocumentText PagesforAnalyzeDocTables
Amazon Comprehend
  Other: DetectSentiment DetectPiiEntities
Amazon Cognito
  Other: CognitoUserPoolsMAU M2MTokenRequestsFull CognitoEnterpriseMAU
AWS IoT
  Other: AWSIoT-messages RegistryAndShadowOperations ConnectionMinutes RulesTriggered
AWS Cost Explorer
  Other: APIRequest
AWS Budgets
  Other: ActionEnabledBudgetsUsage
AWS CloudShell
  Other: DataTransfer-In-Bytes DataTransfer-xAZ-Out-Bytes
AWS Migration Hub Refactor Spaces
  Other: API-Request
AWS Data Transfer
  Other: DataTransfer-Out-Bytes DataTransfer-Regional-Bytes
Some Seller's Database on AWS
  Compute: SoftwareUsage:m5.large SoftwareUsage:t2.micro
Savings Plans for AWS Compute usage
  Compute: ComputeSP:1yrNoUpfront ComputeSP:3yrAllUpfront EC2InstanceSP:m5.1yrNoUpfront NoUsageType
Savings Plans for AWS Machine Learning
  Compute: SageMakerSP:1yrPartialUpfront
AWS Support (Business)
  Support: Dollar NoUsageType
AWS Support (Enterprise)
  Support: Dollar
AWS Developer Support
  Support: Dollar
Tax
  Support: NoUsageType
Refund
  Support: NoUsageType Refund
`;
