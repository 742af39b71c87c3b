import { describe, expect, it } from "vitest";
import type { JsonValue, PriceableChange } from "../index.ts";
import { aChange, listPriced, monthlyAfter, type PlannedValues, partsOf } from "../testing/index.ts";

// What a resource costs where its configuration leaves a value to another resource, or to nobody.
// Published costs: the goldens of infracost@95ba4f49a.

const first = (changes: readonly PriceableChange[]) => listPriced(changes).resources[0];

describe("an instance with a launch template", () => {
  const template = (after: PlannedValues) => aChange({ type: "aws_launch_template", after });
  const instance = (after: PlannedValues, afterUnknown: JsonValue) =>
    aChange({
      type: "aws_instance",
      after: { launch_template: [{}], ...after },
      afterUnknown,
      references: { "launch_template.0.id": ["aws_launch_template.this"] },
    });
  const open = {
    instance_type: true,
    tenancy: true,
    monitoring: true,
    ebs_optimized: true,
    instance_market_options: true,
    launch_template: [{ id: true }],
  };

  it("takes from it what it does not state itself", () => {
    const changes = [
      instance({ root_block_device: [], ebs_block_device: [] }, open),
      template({
        instance_type: "r3.xlarge",
        monitoring: [{ enabled: true }],
        ebs_optimized: "true",
        block_device_mappings: [{ device_name: "/dev/sdb", ebs: [{ volume_size: 10, volume_type: "gp2" }] }],
      }),
    ];
    expect(partsOf(listPriced(changes))).toEqual([
      ["Instance, r3.xlarge, Linux, on demand", "243.09"],
      ["EBS optimization", "14.6"],
      ["Detailed monitoring", "2.1"],
      ["Volume, gp2", "1"],
    ]);
  });

  it.each([
    [{ placement: [{ tenancy: "dedicated" }] }, ["Instance, m3.medium, Linux, dedicated", "54.02"]],
    [{ instance_market_options: [{ market_type: "spot" }] }, ["Instance, m3.medium, Linux, spot", null]],
  ])("runs as its template says: %j", (how, part) => {
    const changes = [
      instance({ root_block_device: [], ebs_block_device: [] }, open),
      template({ instance_type: "m3.medium", ...how }),
    ];
    expect(partsOf(listPriced(changes))).toEqual([part]);
  });

  it("has its own volume in the place of the template's", () => {
    const volume = { device_name: "/dev/sdb", volume_size: 20, volume_type: "gp2" };
    const changes = [
      instance(
        { instance_type: "t3.large", root_block_device: [], ebs_block_device: [volume] },
        {
          ...open,
          instance_type: false,
        },
      ),
      template({
        instance_type: "t3.medium",
        block_device_mappings: [{ device_name: "/dev/sdb", ebs: [{ volume_size: 10, volume_type: "gp2" }] }],
      }),
    ];
    expect(partsOf(listPriced(changes)).slice(1)).toEqual([["Volume, gp2", "2"]]);
  });
});

describe("an autoscaling group", () => {
  const group = (after: PlannedValues, template: PlannedValues) =>
    listPriced([
      aChange({
        type: "aws_autoscaling_group",
        after: { min_size: 1, desired_capacity: 6, max_size: 10, ...after },
        references: {
          "launch_template.0.id": ["aws_launch_template.this"],
          "mixed_instances_policy.0.launch_template.0.launch_template_specification.0.launch_template_id": [
            "aws_launch_template.this",
          ],
        },
      }),
      aChange({ type: "aws_launch_template", after: template }),
    ]);
  const weighted = (weighted_capacity: string) => ({
    mixed_instances_policy: [
      {
        launch_template: [
          {
            launch_template_specification: [{}],
            override: [{ instance_type: "t2.large", weighted_capacity }, { instance_type: "t2.xlarge" }],
          },
        ],
      },
    ],
  });

  it.each([
    ["2", "203.232"], // three instances
    ["4", "135.488"], // one and a half: two
  ])("of capacity 6 has instances of the weight %s", (weight, cost) => {
    expect(monthlyAfter(group(weighted(weight), { instance_type: "t2.medium" }))).toBe(cost);
  });

  it("on dedicated hosts pays for no instance", () => {
    const result = group({}, { instance_type: "m3.medium", placement: [{ tenancy: "host" }] });
    expect(partsOf(result)).toEqual([]);
    expect(result.resources[0]?.notes).toContain(
      "The instances are on dedicated hosts: the hosts are charged, not the instances.",
    );
  });
});

describe("provisioned IOPS that nobody states are not known, and neither 0 nor what another type includes", () => {
  const database = { engine: "mysql", instance_class: "db.t3.large", allocated_storage: 100 };
  const domain = { cluster_config: [{ instance_type: "c4.2xlarge.search", instance_count: 1 }] };
  it.each<readonly [string, PlannedValues]>([
    ["aws_db_instance", { ...database, storage_type: "io1" }],
    ["aws_db_instance", { ...database, storage_type: "io2" }],
    ["aws_ebs_volume", { size: 10, type: "io1" }],
    ["aws_ebs_volume", { size: 10, type: "io2" }],
    [
      "aws_instance",
      { instance_type: "t3.medium", root_block_device: [{ volume_size: 8, volume_type: "io1" }] },
    ],
    [
      "aws_opensearch_domain",
      { ...domain, ebs_options: [{ ebs_enabled: true, volume_size: 10, volume_type: "io1" }] },
    ],
  ])("%s %j", (type, after) => {
    expect(first([aChange({ type, after })])?.status).toBe("unknown");
  });

  it("while gp3 includes some", () => {
    const open = { size: 40, type: "gp3" };
    const afterUnknown = { iops: true, throughput: true };
    expect(monthlyAfter(listPriced([aChange({ type: "aws_ebs_volume", after: open, afterUnknown })]))).toBe(
      "3.2",
    );
  });
});

describe("a service of ECS without a launch type", () => {
  const service = (task: PlannedValues | null, afterUnknown: JsonValue = { launch_type: true }) =>
    listPriced([
      aChange({
        type: "aws_ecs_service",
        after: { desired_count: 2 },
        afterUnknown,
        references: { task_definition: ["aws_ecs_task_definition.this"] },
      }),
      ...(task === null ? [] : [aChange({ type: "aws_ecs_task_definition", after: task })]),
    ]);

  it("is on Fargate where its tasks are made for it", () => {
    const task = { cpu: "1 vCPU", memory: "2 GB", requires_compatibilities: ["FARGATE"] };
    expect(monthlyAfter(service(task))).toBe("72.0802");
  });

  it("is on instances where they are not, and unknown where nobody knows its tasks", () => {
    expect(service({ cpu: "256", memory: "512" }).resources[0]?.status).toBe("free");
    expect(service(null).resources[0]?.status).toBe("unknown");
  });
});

describe("charges that are easily forgotten", () => {
  it("are not those of an instance on a host that is named", () => {
    const after = { instance_type: "m3.medium", host_id: "h-1", root_block_device: [] };
    expect(
      partsOf(listPriced([aChange({ type: "aws_instance", after, afterUnknown: { tenancy: true } })])),
    ).toEqual([]);
  });

  it("are those of an instance whose host is empty, as a state has it", () => {
    const after = { instance_type: "t3.micro", host_id: "", root_block_device: [] };
    expect(monthlyAfter(listPriced([aChange({ type: "aws_instance", after })]))).toBe("7.592");
  });

  it.each([
    ["mysql", "5.7.44", true],
    ["mysql", "8.0.36", false],
    ["postgres", "12", true],
    ["postgres", "13.4", false],
    ["postgres", "1", false],
  ])("are named where they are not priced: extended support of %s %s", (engine, engine_version, isNamed) => {
    const after = { engine, engine_version, instance_class: "db.t3.large", allocated_storage: 20 };
    const notes = first([aChange({ type: "aws_db_instance", after })])?.notes ?? [];
    expect(notes.some((note) => note.startsWith("Extended support"))).toBe(isNamed);
  });

  it("are those of a certificate with addresses of its own", () => {
    const after = { viewer_certificate: [{ ssl_support_method: "vip" }] };
    expect(monthlyAfter(listPriced([aChange({ type: "aws_cloudfront_distribution", after })]))).toBe("600");
  });

  it("are those of a transit gateway at a Direct Connect gateway, and of no other gateway", () => {
    const association = (gateway: string) =>
      first([aChange({ type: "aws_dx_gateway_association", after: { associated_gateway_id: gateway } })]);
    expect(association("tgw-123456")?.after?.expected.units).toBe(36_500_000_000_000n);
    expect(association("vgw-123456")?.status).toBe("free");
    expect(association("")?.status).toBe("unknown");
  });

  it("are those of Performance Insights that are kept for more than a week", () => {
    const after = {
      engine: "mysql",
      instance_class: "db.t3.large",
      allocated_storage: 20,
      performance_insights_enabled: true,
    };
    const status = (days: number) =>
      first([
        aChange({
          type: "aws_db_instance",
          after: { ...after, performance_insights_retention_period: days },
        }),
      ])?.status;
    expect([status(7), status(731)]).toEqual(["priced", "usage-based"]);
  });

  it("are those of Aurora Serverless v2 whose range nobody gives, by the usage file", () => {
    const changes = [
      aChange({
        type: "aws_rds_cluster_instance",
        after: { engine: "aurora-mysql", instance_class: "db.serverless" },
        references: { cluster_identifier: ["aws_rds_cluster.this"] },
      }),
      aChange({ type: "aws_rds_cluster", after: { engine: "aurora-mysql" } }),
    ];
    expect(first(changes)?.status).toBe("usage-based");
    expect(monthlyAfter(listPriced(changes, { capacity_units_per_hr: 5n }))).toBe("438");
  });
});

describe("a sensitive value that decides a price", () => {
  const domain = {
    cluster_config: [{ instance_type: "m5.large.search", instance_count: 2 }],
    ebs_options: [{ ebs_enabled: true, volume_size: 100, volume_type: "gp3" }],
  };

  it.each<[string, string, PlannedValues]>([
    ["a block", "aws_opensearch_domain", { ...domain, ebs_options: "(sensitive)" }],
    ["a flag", "aws_opensearch_domain", { ...domain, ebs_options: [{ ebs_enabled: "(sensitive)" }] }],
    ["a block with defaults", "aws_opensearch_domain", { ...domain, cluster_config: "(sensitive)" }],
    ["a list of blocks", "aws_wafv2_web_acl", { rule: "(sensitive)" }],
    ["a text", "aws_dynamodb_table", { billing_mode: "(sensitive)", read_capacity: 5, write_capacity: 5 }],
  ])("makes the resource unknown, and no charge is missing without a word: %s", (_, type, after) => {
    const resource = first([aChange({ type, after })]);
    expect(resource).toMatchObject({ status: "unknown", after: null, delta: null });
    expect(resource?.notes.join(" ")).toMatch(/ is sensitive, so its price is not known\.$/);
  });

  it("is no name by which another resource is found", () => {
    const change = (name: string, after: PlannedValues) =>
      aChange({ type: "aws_launch_template", address: `aws_launch_template.${name}`, after });
    const instance = aChange({
      type: "aws_instance",
      after: { ami: "ami-1", root_block_device: [], launch_template: [{ name: "(sensitive)" }] },
      references: { "launch_template.0.name": ["aws_launch_template.b"] },
    });
    const templates = [
      change("a", { name: "(sensitive)", instance_type: "m3.medium" }),
      change("b", { name: "(sensitive)", instance_type: "r3.xlarge" }),
    ];
    expect(partsOf(listPriced([instance, ...templates]))[0]).toEqual([
      "Instance, r3.xlarge, Linux, on demand",
      "243.09",
    ]);
  });
});
