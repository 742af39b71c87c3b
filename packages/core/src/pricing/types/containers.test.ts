import { describe, expect, it } from "vitest";
import { moneyText } from "../../money/index.ts";
import type { PriceableChange } from "../index.ts";
import { aChange, listPriced, monthlyAfter, type PlannedValues, partsOf } from "../testing/index.ts";

const range = (changes: readonly PriceableChange[]) => {
  const { after } = listPriced(changes).resources[0] ?? {};
  return [after?.low, after?.expected, after?.high].map((cost) => (cost ? moneyText(cost) : null));
};

// Published costs: infracost@95ba4f49a, autoscaling_group_test.golden.
describe("an autoscaling group", () => {
  const template = (after: PlannedValues) =>
    aChange({ type: "aws_launch_template", address: "aws_launch_template.web", after });
  const group = (after: PlannedValues) =>
    aChange({
      type: "aws_autoscaling_group",
      after,
      afterUnknown: { launch_template: [{ id: true }] },
      references: { "launch_template.0.id": ["aws_launch_template.web"] },
    });

  it("costs its desired instances, and from its minimum to its maximum", () => {
    const changes = [
      group({ min_size: 1, desired_capacity: 2, max_size: 4 }),
      template({
        instance_type: "t2.medium",
        block_device_mappings: [{ ebs: [{ volume_size: 10, volume_type: "gp2" }] }],
      }),
    ];
    // $33.872 for the instance and $1 for its volume.
    expect(range(changes)).toEqual(["34.872", "69.744", "139.488"]);
    expect(partsOf(listPriced(changes))).toEqual([
      ["Instance, t2.medium, Linux, on demand", "67.744"],
      ["Volume, gp2", "2"],
    ]);
  });

  it("takes its minimum where nobody says what is desired", () => {
    const change = group({ min_size: 2, max_size: 4 });
    const changes = [
      { ...change, afterUnknown: { desired_capacity: true, launch_template: [{ id: true }] } },
      template({ instance_type: "t2.medium", block_device_mappings: [] }),
    ];
    expect(range(changes)).toEqual(["67.744", "67.744", "135.488"]);
  });

  it("splits by its distribution of Spot, whose price nobody lists", () => {
    const policy = {
      instances_distribution: [{ on_demand_base_capacity: 1, on_demand_percentage_above_base_capacity: 50 }],
      launch_template: [{ launch_template_specification: [{ launch_template_id: "lt-1" }] }],
    };
    const changes = [
      aChange({
        type: "aws_autoscaling_group",
        after: { min_size: 4, max_size: 4, mixed_instances_policy: [policy] },
      }),
      template({ id: "lt-1", instance_type: "t2.medium" }),
    ];
    const result = listPriced(changes);
    expect(result.resources[0]?.status).toBe("unknown");
    // One of the base and two of the three above it.
    expect(partsOf(result)).toEqual([
      ["Instance, t2.medium, Linux, on demand", "101.616"],
      ["Instance, t2.medium, Linux, spot", null],
    ]);
  });

  it("is unknown where its template is not in the plan, or its size is not known", () => {
    expect(monthlyAfter(listPriced([group({ min_size: 1, max_size: 1 })]))).toBe("unknown");
    const sized = { ...group({ max_size: 2 }), afterUnknown: { min_size: true } };
    expect(monthlyAfter(listPriced([sized, template({ instance_type: "t2.medium" })]))).toBe("unknown");
  });

  it("reads a launch configuration with its disks", () => {
    const changes = [
      aChange({
        type: "aws_autoscaling_group",
        after: { min_size: 2, desired_capacity: 2, max_size: 2, launch_configuration: "web" },
      }),
      aChange({
        type: "aws_launch_configuration",
        after: {
          name: "web",
          instance_type: "m3.medium",
          placement_tenancy: "dedicated",
          root_block_device: [{ volume_size: 8, volume_type: "gp2" }],
        },
      }),
    ];
    // asg_lc_tenancy_dedicated: 108.04 and 1.60
    expect(monthlyAfter(listPriced(changes))).toBe("109.64");
  });
});

// infracost@95ba4f49a, eks_cluster_test.golden and eks_node_group_test.golden.
describe("EKS", () => {
  it("charges $73 a month for a cluster", () => {
    expect(monthlyAfter(listPriced([aChange({ type: "aws_eks_cluster", after: {} })]))).toBe("73");
  });

  const sizes = { scaling_config: [{ min_size: 1, desired_size: 3, max_size: 3 }] };

  it("charges the nodes of a group and their disks, with the defaults of AWS", () => {
    const change = aChange({
      type: "aws_eks_node_group",
      after: sizes,
      afterUnknown: { instance_types: true, disk_size: true, capacity_type: true, ami_type: true },
    });
    // 91.10 and 6.00
    expect(range([change])).toEqual(["32.368", "97.104", "97.104"]);
    expect(listPriced([change]).resources[0]?.notes).toEqual([
      "instance_types.0 is not in the plan: priced as t3.medium, the default of AWS.",
      "disk_size is not in the plan: priced as 20, the default of AWS.",
    ]);
  });

  it("charges Windows nodes with their license", () => {
    const after = {
      scaling_config: [{ min_size: 1, desired_size: 1, max_size: 1 }],
      instance_types: ["t3.medium"],
      ami_type: "WINDOWS_CORE_2022_x86_64",
      disk_size: 20,
    };
    // 43.80 and 2.00
    expect(monthlyAfter(listPriced([aChange({ type: "aws_eks_node_group", after })]))).toBe("45.8");
  });

  it.each([
    [{ id: "lt-1", name: null }, "priced"],
    [{ id: null, name: "nodes" }, "priced"],
    [{ id: "lt-2", name: null }, "unknown"],
    [{ id: null, name: "other" }, "unknown"],
  ])("finds the launch template of a node group by its id or its name: %j", (template, status) => {
    const changes = [
      aChange({ type: "aws_eks_node_group", after: { ...sizes, launch_template: [template] } }),
      aChange({
        type: "aws_launch_template",
        after: { id: "lt-1", name: "nodes", instance_type: "m5.large" },
      }),
    ];
    expect(listPriced(changes).resources[0]?.status).toBe(status);
  });

  it("reads the launch template of a node group", () => {
    const changes = [
      aChange({ type: "aws_eks_node_group", after: { ...sizes, launch_template: [{ id: "lt-1" }] } }),
      aChange({
        type: "aws_launch_template",
        after: {
          id: "lt-1",
          instance_type: "m5.large",
          block_device_mappings: [{ ebs: [{ volume_size: 100, volume_type: "gp3" }] }],
        },
      }),
    ];
    // 210.24 and 24.00
    expect(monthlyAfter(listPriced(changes))).toBe("234.24");
  });

  it("charges pods of a Fargate profile by use", () => {
    const change = aChange({ type: "aws_eks_fargate_profile", after: {} });
    expect(monthlyAfter(listPriced([change]))).toBe("usage-based");
    // infracost@95ba4f49a, ecs_service_test.golden: the same price for a vCPU
    expect(
      partsOf(listPriced([change], { monthly_vcpu_hours: 730n, monthly_memory_gb_hours: 1460n })),
    ).toEqual([
      ["Pods, vCPU", "29.5504"],
      ["Pods, memory", "6.4897"],
    ]);
  });
});

// infracost@95ba4f49a, ecs_service_test.golden.
describe("an ECS service", () => {
  const task = (after: PlannedValues) =>
    aChange({ type: "aws_ecs_task_definition", address: "aws_ecs_task_definition.web", after });
  const service = (after: PlannedValues) =>
    aChange({
      type: "aws_ecs_service",
      after,
      afterUnknown: { task_definition: true },
      references: { task_definition: ["aws_ecs_task_definition.web"] },
    });

  it.each([[{ cpu: "1024", memory: "2048" }], [{ cpu: "1 vCPU", memory: "2 GB" }]])(
    "on Fargate costs the vCPU and memory of its tasks: %j",
    (size) => {
      const changes = [service({ launch_type: "FARGATE", desired_count: 2 }), task(size)];
      // 4 vCPU would be 118.20: two are 59.10, and 4 GB are 12.98.
      expect(partsOf(listPriced(changes))).toEqual([
        ["2 × vCPU", "59.1008"],
        ["2 × memory in GB", "12.9794"],
      ]);
    },
  );

  it("on instances costs nothing by itself, and is unknown where its task is not in the plan", () => {
    expect(listPriced([service({ launch_type: "EC2", desired_count: 2 })]).resources[0]?.status).toBe("free");
    expect(monthlyAfter(listPriced([service({ launch_type: "FARGATE", desired_count: 2 })]))).toBe("unknown");
  });

  it("on Fargate Spot is unknown: nobody lists its price", () => {
    const after = { desired_count: 1, capacity_provider_strategy: [{ capacity_provider: "FARGATE_SPOT" }] };
    expect(monthlyAfter(listPriced([service(after), task({ cpu: "256", memory: "512" })]))).toBe("unknown");
  });
});

// infracost@95ba4f49a, lambda_function_test.golden.
describe("a Lambda function", () => {
  const usage = { monthly_requests: 100_000n, request_duration_ms: 350n };

  it("is charged by use: $0.02 for requests and $0.29 for 17,500 GB-seconds", () => {
    const change = aChange({ type: "aws_lambda_function", after: { memory_size: 512 } });
    expect(monthlyAfter(listPriced([change]))).toBe("usage-based");
    expect(partsOf(listPriced([change], usage))).toEqual([
      ["Requests", "0.02"],
      ["Duration", "0.29166725"],
    ]);
  });

  it("on Graviton costs less, and 128 MB are the default", () => {
    const change = aChange({ type: "aws_lambda_function", after: { architectures: ["arm64"] } });
    expect(partsOf(listPriced([change], usage))[1]).toEqual(["Duration", "0.058333625"]);
  });

  it("pays by tier: 15.36 billion GB-seconds", () => {
    const change = aChange({ type: "aws_lambda_function", after: { memory_size: 2048 } });
    const much = { monthly_requests: 15_000_000_000n, request_duration_ms: 2048n };
    // lambda_duration_15B: 100,000.20 + 135,000.00 + 619,203.10
    expect(partsOf(listPriced([change], much))[1]).toEqual(["Duration", "854203.296"]);
  });

  it("that is kept ready is charged all month, whether it runs or not", () => {
    const changes = [
      aChange({
        type: "aws_lambda_provisioned_concurrency_config",
        after: { function_name: "web", provisioned_concurrent_executions: 1 },
      }),
      aChange({
        type: "aws_lambda_function",
        after: { function_name: "web", id: "web", memory_size: 1024, architectures: ["arm64"] },
      }),
    ];
    // infracost@95ba4f49a, lambda_provisioned_concurrency_config_test.golden: 9,000,000 GB-seconds for $30.00
    expect(monthlyAfter(listPriced(changes))).toBe("8.7601752");
  });
});
