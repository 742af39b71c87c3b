import { describe, expect, it } from "vitest";
import { providerDefault } from "./provider-defaults.ts";

/** Each default: value and who decides it; `plain` is one that no result names. */
const expected: Readonly<Record<string, Readonly<Record<string, readonly [value: unknown, by: string]>>>> = {
  aws_ebs_volume: {
    type: ["gp2", "AWS"],
    throughput: [125, "plain"],
  },
  aws_instance: {
    root_block_device: [1, "plain"],
    "root_block_device.volume_size": [8, "which the AMI decides"],
    "root_block_device.volume_type": ["gp2", "which the AMI decides"],
    "root_block_device.throughput": [125, "plain"],
    ebs_block_device: [0, "plain"],
    "ebs_block_device.volume_type": ["gp2", "AWS"],
    "ebs_block_device.throughput": [125, "plain"],
    tenancy: ["default", "plain"],
    "instance_market_options.market_type": ["on-demand", "plain"],
    monitoring: [false, "plain"],
    ebs_optimized: [false, "plain"],
    associate_public_ip_address: [false, "plain"],
  },
  aws_spot_instance_request: {
    root_block_device: [1, "plain"],
    "root_block_device.volume_size": [8, "which the AMI decides"],
    "root_block_device.volume_type": ["gp2", "which the AMI decides"],
    "root_block_device.throughput": [125, "plain"],
    ebs_block_device: [0, "plain"],
    "ebs_block_device.volume_type": ["gp2", "AWS"],
    "ebs_block_device.throughput": [125, "plain"],
  },
  aws_launch_configuration: {
    root_block_device: [1, "plain"],
    "root_block_device.volume_size": [8, "which the AMI decides"],
    "root_block_device.volume_type": ["gp2", "which the AMI decides"],
    "root_block_device.throughput": [125, "plain"],
    ebs_block_device: [0, "plain"],
    "ebs_block_device.volume_type": ["gp2", "AWS"],
    "ebs_block_device.throughput": [125, "plain"],
  },
  aws_launch_template: {
    "block_device_mappings.ebs.volume_type": ["gp2", "AWS"],
    "block_device_mappings.ebs.throughput": [125, "plain"],
  },
  aws_eks_node_group: {
    "instance_types.0": ["t3.medium", "AWS"],
    instance_types: [0, "plain"],
    disk_size: [20, "AWS"],
    capacity_type: ["ON_DEMAND", "plain"],
    ami_type: ["AL2_x86_64", "plain"],
  },
  aws_db_instance: {
    multi_az: [false, "AWS"],
    storage_throughput: [0, "plain"],
    storage_type: ["gp2", "the provider without iops"],
    performance_insights_enabled: [false, "plain"],
    performance_insights_retention_period: [7, "plain"],
  },
  aws_rds_cluster_instance: {
    performance_insights_enabled: [false, "plain"],
    performance_insights_retention_period: [7, "plain"],
  },
  aws_rds_cluster: {
    storage_type: ["", "plain"],
  },
  aws_docdb_cluster: {
    storage_type: ["standard", "AWS"],
  },
  aws_neptune_cluster: {
    storage_type: ["standard", "AWS"],
  },
  aws_elasticache_replication_group: {
    num_node_groups: [1, "plain"],
    replicas_per_node_group: [0, "AWS"],
    engine: ["redis", "the provider"],
  },
  aws_memorydb_cluster: {
    num_shards: [1, "the provider"],
    num_replicas_per_shard: [1, "the provider"],
    engine: ["redis", "the provider"],
  },
  aws_opensearch_domain: {
    "cluster_config.instance_type": ["m4.large.search", "the provider"],
    "cluster_config.instance_count": [1, "the provider"],
    "cluster_config.dedicated_master_count": [3, "the number that AWS recommends"],
    "ebs_options.volume_type": ["gp2", "AWS"],
    "ebs_options.throughput": [125, "plain"],
  },
  aws_elasticsearch_domain: {
    "cluster_config.instance_type": ["m4.large.elasticsearch", "the provider"],
    "cluster_config.instance_count": [1, "the provider"],
    "cluster_config.dedicated_master_count": [3, "the number that AWS recommends"],
    "ebs_options.volume_type": ["gp2", "AWS"],
    "ebs_options.throughput": [125, "plain"],
  },
  aws_lambda_function: {
    memory_size: [128, "the provider"],
    architectures: [1, "plain"],
    "architectures.0": ["x86_64", "AWS"],
    ephemeral_storage: [0, "plain"],
    "ephemeral_storage.size": [512, "plain"],
  },
  aws_dynamodb_table: {
    billing_mode: ["PROVISIONED", "the provider"],
    "point_in_time_recovery.enabled": [false, "plain"],
    table_class: ["STANDARD", "plain"],
  },
  aws_ecs_service: {
    desired_count: [0, "the provider"],
    launch_type: ["EC2", "plain"],
    capacity_provider_strategy: [0, "plain"],
  },
  aws_redshift_cluster: {
    number_of_nodes: [1, "AWS"],
  },
  aws_mq_broker: {
    deployment_mode: ["SINGLE_INSTANCE", "plain"],
    storage_type: ["", "plain"],
  },
  aws_cloudwatch_log_group: {
    log_group_class: ["STANDARD", "plain"],
  },
  aws_kinesis_stream: {
    "stream_mode_details.stream_mode": ["PROVISIONED", "AWS"],
  },
  aws_ssm_parameter: {
    tier: ["Standard", "plain"],
  },
  aws_mwaa_environment: {
    environment_class: ["mw1.small", "AWS"],
  },
  aws_transfer_server: {
    protocols: [1, "plain"],
    "protocols.0": ["SFTP", "AWS"],
  },
  aws_directory_service_directory: {
    edition: ["Enterprise", "AWS"],
    size: ["Large", "AWS"],
  },
  aws_acmpca_certificate_authority: {
    usage_mode: ["GENERAL_PURPOSE", "AWS"],
  },
  aws_sagemaker_notebook_instance: {
    volume_size: [5, "AWS"],
  },
};

describe("the defaults of the provider and of AWS", () => {
  it.each(Object.entries(expected))("of %s are as documented", (type, paths) => {
    for (const [path, [value, by]] of Object.entries(paths)) {
      const found = providerDefault(type, path);
      expect([path, found?.value]).toEqual([path, value]);
      if (by === "plain") expect([path, found?.isPlain]).toEqual([path, true]);
      else expect(found?.by).toMatch(new RegExp(`^(the default of )?${by}`));
      expect(found?.isPlain === true).toBe(by === "plain");
      expect(found?.source).toMatch(/^https:\/\/(registry\.terraform\.io|docs\.aws\.amazon\.com)\//);
    }
  });

  it("of a block are the same for each of them", () => {
    expect(providerDefault("aws_instance", "ebs_block_device.3.volume_type")?.value).toBe("gp2");
    expect(providerDefault("aws_lambda_function", "architectures.0")?.value).toBe("x86_64");
    for (const [type, path] of [
      ["aws_instance", "toString"],
      ["toString", "type"],
      ["aws_vpc", "type"],
      ["aws_instance", "root_block_device2.volume_size"],
    ] as const) {
      expect(providerDefault(type, path)).toBeNull();
    }
  });
});
