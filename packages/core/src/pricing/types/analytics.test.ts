import { describe, expect, it } from "vitest";
import { aChange, listPriced, monthlyAfter, type PlannedValues, partsOf } from "../testing/index.ts";

const priced = (type: string, after: PlannedValues, usage: Readonly<Record<string, bigint>> = {}) =>
  listPriced([aChange({ type, after })], usage);

// Published costs: infracost@95ba4f49a, elasticsearch_domain_test.golden and opensearch_domain_test.golden.
describe("a search domain", () => {
  const data = { instance_type: "c4.2xlarge.search", instance_count: 3 };

  it("costs data nodes, their volumes, dedicated masters and UltraWarm instances", () => {
    const after = {
      cluster_config: [
        {
          ...data,
          dedicated_master_enabled: true,
          dedicated_master_type: "c4.8xlarge.search",
          dedicated_master_count: 1,
          warm_enabled: true,
          warm_type: "ultrawarm1.medium.search",
          warm_count: 2,
        },
      ],
      ebs_options: [{ ebs_enabled: true, volume_type: "gp2", volume_size: 400 }],
    };
    expect(partsOf(priced("aws_opensearch_domain", after))).toEqual([
      ["3 × instance, c4.2xlarge", "1285.53"],
      // Each of the three nodes has the volume: 3 × $54.
      ["Storage, gp2", "162"],
      ["1 × dedicated master, c4.8xlarge", "1713.31"],
      ["2 × UltraWarm instance, ultrawarm1.medium", "347.48"],
      ["UltraWarm storage", null],
    ]);
  });

  it.each([
    [{ volume_type: "io1", volume_size: 1000, iops: 10 }, ["169", "0.88"]],
    [{ volume_type: "standard", volume_size: 123 }, ["8.241"]],
    [{ volume_type: "gp3", volume_size: 4000, throughput: 700 }, ["488", "12.8"]],
    [{ volume_type: "gp3", volume_size: 150, throughput: 200 }, ["18.3", "4.8"]],
    [{ volume_type: "gp3", volume_size: 180, throughput: 250 }, ["21.96"]],
  ])("of one node with %j pays %j", (volume, costs) => {
    const after = {
      cluster_config: [{ instance_type: "c4.2xlarge.elasticsearch", instance_count: 1 }],
      ebs_options: [{ ebs_enabled: true, ...volume }],
    };
    const parts = partsOf(priced("aws_elasticsearch_domain", after));
    expect(parts.slice(1).map(([, cost]) => cost)).toEqual(costs);
  });
});

describe("brokers", () => {
  // infracost@95ba4f49a, msk_cluster_test.golden
  it("of MSK cost their hours, and a volume each", () => {
    const after = {
      number_of_broker_nodes: 4,
      broker_node_group_info: [
        {
          instance_type: "kafka.m5.24xlarge",
          storage_info: [{ ebs_storage_info: [{ volume_size: 1000 }] }],
        },
      ],
    };
    expect(partsOf(priced("aws_msk_cluster", after)).map(([, cost]) => cost)).toEqual(["29433.6", "400"]);
  });

  // infracost@95ba4f49a, mq_broker_test.golden
  it.each([
    ["ActiveMQ", "mq.t2.micro", "SINGLE_INSTANCE", "21.9"],
    ["ActiveMQ", "mq.m5.large", "ACTIVE_STANDBY_MULTI_AZ", "420.48"],
    ["RabbitMQ", "mq.m5.xlarge", "SINGLE_INSTANCE", "420.48"],
    ["RabbitMQ", "mq.m5.xlarge", "CLUSTER_MULTI_AZ", "1261.44"],
  ])("of %s on %s, %s, cost $%s a month", (engine_type, host_instance_type, deployment_mode, cost) => {
    expect(monthlyAfter(priced("aws_mq_broker", { engine_type, host_instance_type, deployment_mode }))).toBe(
      cost,
    );
  });
});

describe("Redshift", () => {
  // infracost@95ba4f49a, redshift_cluster_test.golden
  it("charges nodes by the hour, and managed storage of RA3 by use", () => {
    expect(partsOf(priced("aws_redshift_cluster", { node_type: "dc2.large", number_of_nodes: 4 }))).toEqual([
      ["4 × node, dc2.large", "730"],
    ]);
    const managed = priced(
      "aws_redshift_cluster",
      { node_type: "ra3.16xlarge" },
      { managed_storage_gb: 321n },
    );
    expect(partsOf(managed).map(([, cost]) => cost)).toEqual(["9519.2", "7.704"]);
  });

  it("charges backups by tier: 51,200 GB, 512,000 GB and the rest", () => {
    const after = { node_type: "ds2.8xlarge" };
    const parts = partsOf(priced("aws_redshift_cluster", after, { backup_storage_gb: 612_000n }));
    // 1,177.60 + 11,264.00 + 1,024.80
    expect(parts[1]).toEqual(["Additional backup storage", "13466.4"]);
  });
});

// JHUAPL-DTC-TA2/wiki@2b481448, docs/sagemaker_instances.md
describe("SageMaker", () => {
  it("charges the instances of an endpoint by its configuration", () => {
    const after = { production_variants: [{ instance_type: "ml.m5.large", initial_instance_count: 2 }] };
    expect(monthlyAfter(priced("aws_sagemaker_endpoint_configuration", after))).toBe("167.9");
  });

  it("charges a notebook by the hour; its disk has no shipped price", () => {
    const result = priced("aws_sagemaker_notebook_instance", {
      instance_type: "ml.t3.medium",
      volume_size: 5,
    });
    expect(result.resources[0]?.status).toBe("unknown");
    expect(partsOf(result)).toEqual([
      ["Notebook, ml.t3.medium", "36.5"],
      ["Notebook storage", null],
    ]);
  });
});

describe("an EMR cluster", () => {
  it("costs its EC2 instances, and a charge of EMR that has no shipped price", () => {
    const after = {
      master_instance_group: [{ instance_type: "m5.xlarge" }],
      core_instance_group: [{ instance_type: "m5.xlarge", instance_count: 2 }],
    };
    const result = priced("aws_emr_cluster", after);
    expect(result.resources[0]?.status).toBe("unknown");
    expect(partsOf(result).map(([, cost]) => cost)).toEqual(["140.16", null, "280.32", null]);
  });
});
