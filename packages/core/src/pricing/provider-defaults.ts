/** A value that the provider or AWS takes where the configuration does not give one. */
export interface ProviderDefault {
  readonly value: string | number | boolean;
  /** Who decides it, as the end of a sentence: `the default of AWS`. */
  readonly by: string;
  /** Where the default is documented. */
  readonly source: string;
  /** It adds no charge that a person would ask about, so a result does not name it: no detailed monitoring. */
  readonly isPlain?: boolean;
}

/** The documentation of the provider that the real plans of the tests were made with. */
const provider = (type: string) =>
  `https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/${type}`;

const AWS = "the default of AWS";
const EBS = "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html";

/** A gp3 volume includes this much. */
const baseline = (value: number): ProviderDefault => ({
  value,
  by: "what a gp3 volume includes",
  source: EBS,
  isPlain: true,
});

const plain = (value: ProviderDefault["value"], source: string): ProviderDefault => ({
  ...byAws(value, source),
  isPlain: true,
});

const byAws = (value: ProviderDefault["value"], source: string): ProviderDefault => ({
  value,
  by: AWS,
  source,
});

const IMAGE = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/RootDeviceStorage.html";

/** What an instance's image has: Amazon Linux 2023 has one root disk, an 8 GB volume. */
const byImage = (value: ProviderDefault["value"]): ProviderDefault => ({
  value,
  by: "which the AMI decides: 8 GB of gp2 is what most images have",
  source: IMAGE,
});

const rootDisk = {
  root_block_device: { value: 1, by: "which the AMI decides", source: IMAGE, isPlain: true },
  "root_block_device.volume_size": byImage(8),
  "root_block_device.volume_type": byImage("gp2"),
  "root_block_device.throughput": baseline(125),
};

const blockDevice = {
  ebs_block_device: { value: 0, by: "which the AMI decides", source: IMAGE, isPlain: true },
  "ebs_block_device.volume_type": byAws("gp2", provider("instance")),
  "ebs_block_device.throughput": baseline(125),
};

const DB = provider("db_instance");

/**
 * Defaults by resource type and attribute path, without the indexes of lists. A plan leaves them out: they are known only after
 * the apply. An attribute that is not listed has no known default, so the resource is unknown where it decides a price. The value
 * for a list of blocks is how many there are.
 */
const providerDefaults: Readonly<Record<string, Readonly<Record<string, ProviderDefault>>>> = {
  aws_ebs_volume: {
    type: byAws("gp2", provider("ebs_volume")),
    throughput: baseline(125),
  },
  aws_instance: {
    ...rootDisk,
    ...blockDevice,
    tenancy: plain("default", provider("instance")),
    "instance_market_options.market_type": plain("on-demand", provider("instance")),
    monitoring: plain(false, provider("instance")),
    ebs_optimized: plain(false, provider("instance")),
    associate_public_ip_address: {
      value: false,
      by: "unless the subnet gives its instances public addresses",
      source: provider("subnet"),
      isPlain: true,
    },
  },
  aws_spot_instance_request: { ...rootDisk, ...blockDevice },
  aws_launch_configuration: { ...rootDisk, ...blockDevice },
  aws_launch_template: {
    "block_device_mappings.ebs.volume_type": byAws("gp2", provider("launch_template")),
    "block_device_mappings.ebs.throughput": baseline(125),
  },
  aws_eks_node_group: {
    "instance_types.0": byAws("t3.medium", provider("eks_node_group")),
    instance_types: plain(0, provider("eks_node_group")),
    disk_size: byAws(20, provider("eks_node_group")),
    capacity_type: plain("ON_DEMAND", provider("eks_node_group")),
    ami_type: plain("AL2_x86_64", provider("eks_node_group")),
  },
  aws_db_instance: {
    multi_az: byAws(false, DB),
    storage_throughput: { value: 0, by: "without provisioned throughput", source: DB, isPlain: true },
    storage_type: { value: "gp2", by: "the default of the provider without iops", source: DB },
    performance_insights_enabled: plain(false, DB),
    performance_insights_retention_period: plain(7, DB),
  },
  aws_rds_cluster_instance: {
    performance_insights_enabled: plain(false, provider("rds_cluster_instance")),
    performance_insights_retention_period: plain(7, provider("rds_cluster_instance")),
  },
  aws_rds_cluster: {
    storage_type: { value: "", by: "Aurora standard", isPlain: true, source: provider("rds_cluster") },
  },
  aws_docdb_cluster: { storage_type: byAws("standard", provider("docdb_cluster")) },
  aws_neptune_cluster: { storage_type: byAws("standard", provider("neptune_cluster")) },
  aws_elasticache_replication_group: {
    num_node_groups: plain(1, provider("elasticache_replication_group")),
    replicas_per_node_group: byAws(0, provider("elasticache_replication_group")),
    engine: {
      value: "redis",
      by: "the default of the provider",
      source: provider("elasticache_replication_group"),
    },
  },
  aws_elasticache_serverless_cache: {},
  aws_memorydb_cluster: {
    num_shards: { value: 1, by: "the default of the provider", source: provider("memorydb_cluster") },
    num_replicas_per_shard: {
      value: 1,
      by: "the default of the provider",
      source: provider("memorydb_cluster"),
    },
    engine: { value: "redis", by: "the default of the provider", source: provider("memorydb_cluster") },
  },
  aws_opensearch_domain: opensearch("opensearch_domain", "m4.large.search"),
  aws_elasticsearch_domain: opensearch("elasticsearch_domain", "m4.large.elasticsearch"),
  aws_lambda_function: {
    memory_size: { value: 128, by: "the default of the provider", source: provider("lambda_function") },
    architectures: plain(1, provider("lambda_function")),
    "architectures.0": byAws("x86_64", provider("lambda_function")),
    ephemeral_storage: plain(0, provider("lambda_function")),
    "ephemeral_storage.size": plain(512, provider("lambda_function")),
  },
  aws_dynamodb_table: {
    billing_mode: {
      value: "PROVISIONED",
      by: "the default of the provider",
      source: provider("dynamodb_table"),
    },
    "point_in_time_recovery.enabled": plain(false, provider("dynamodb_table")),
    table_class: plain("STANDARD", provider("dynamodb_table")),
  },
  aws_ecs_service: {
    desired_count: { value: 0, by: "the default of the provider", source: provider("ecs_service") },
    launch_type: plain("EC2", provider("ecs_service")),
    capacity_provider_strategy: plain(0, provider("ecs_service")),
  },
  aws_redshift_cluster: { number_of_nodes: byAws(1, provider("redshift_cluster")) },
  aws_mq_broker: {
    deployment_mode: plain("SINGLE_INSTANCE", provider("mq_broker")),
    storage_type: plain("", provider("mq_broker")),
  },
  aws_cloudwatch_log_group: { log_group_class: plain("STANDARD", provider("cloudwatch_log_group")) },
  aws_kinesis_stream: { "stream_mode_details.stream_mode": byAws("PROVISIONED", provider("kinesis_stream")) },
  aws_ssm_parameter: { tier: plain("Standard", provider("ssm_parameter")) },
  aws_mwaa_environment: { environment_class: byAws("mw1.small", provider("mwaa_environment")) },
  aws_transfer_server: {
    protocols: plain(1, provider("transfer_server")),
    "protocols.0": byAws("SFTP", provider("transfer_server")),
  },
  aws_directory_service_directory: {
    edition: byAws("Enterprise", provider("directory_service_directory")),
    size: byAws("Large", provider("directory_service_directory")),
  },
  aws_acmpca_certificate_authority: {
    usage_mode: byAws("GENERAL_PURPOSE", provider("acmpca_certificate_authority")),
  },
  aws_sagemaker_notebook_instance: { volume_size: byAws(5, provider("sagemaker_notebook_instance")) },
};

function opensearch(type: string, instance: string): Readonly<Record<string, ProviderDefault>> {
  const source = provider(type);
  return {
    "cluster_config.instance_type": { value: instance, by: "the default of the provider", source },
    "cluster_config.instance_count": { value: 1, by: "the default of the provider", source },
    "cluster_config.dedicated_master_count": { value: 3, by: "the number that AWS recommends", source },
    "ebs_options.volume_type": byAws("gp2", source),
    "ebs_options.throughput": baseline(125),
  };
}

/** The default of an attribute; `null` where none is known. */
export function providerDefault(type: string, path: string): ProviderDefault | null {
  const ofType = Object.hasOwn(providerDefaults, type) ? providerDefaults[type] : undefined;
  if (ofType === undefined) return null;
  if (Object.hasOwn(ofType, path)) return ofType[path] ?? null;
  const name = /\d/.test(path) ? path.replace(/\.\d+(?=\.|$)/g, "") : path;
  return Object.hasOwn(ofType, name) ? (ofType[name] ?? null) : null;
}
