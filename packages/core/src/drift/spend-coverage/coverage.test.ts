import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { moneyText, parseMoney, sum } from "../../money/index.ts";
import { coverageOf, DriftError, managedResources, type ResourceCost, resourceMatcher } from "../index.ts";

const usd = (text: string) => parseMoney(text, "USD");
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const fixture = async (name: string) =>
  readFile(new URL(`../../../../../tests/plans/json/${name}.json`, import.meta.url));

const cost = (resourceId: string | null, amount: string, service = "Amazon EC2"): ResourceCost => ({
  service,
  resourceId,
  cost: usd(amount),
});

const aState = (...resources: readonly object[]) =>
  bytes({ format_version: "1.0", values: { root_module: { resources } } });

const managed = (type: string, values: object) => ({
  address: `${type}.this`,
  mode: "managed",
  type,
  values,
});

describe("the coverage of spend", () => {
  it("is 66.7 % where 60 of 90 dollars are in the state; what names no resource is in neither", () => {
    const resources = managedResources(aState(managed("aws_instance", { id: "i-0123456789abcdef0" })));
    const coverage = coverageOf(
      [cost("i-0123456789abcdef0", "60"), cost("i-0fedcba9876543210", "30"), cost(null, "10", "Tax")],
      resources,
      "USD",
    );
    expect(coverage).toMatchObject({
      managed: usd("60"),
      unmanaged: usd("30"),
      unattributable: usd("10"),
      permille: 667,
      managedCount: 1,
      chargedManagedCount: 1,
    });
    expect(coverage.unmanagedResources).toEqual([cost("i-0fedcba9876543210", "30")]);
  });

  it.each([
    ["1", "1999", 1],
    ["1", "2000", 0],
    ["1", "2", 333],
    ["2", "1", 667],
    ["1", "0", 1_000],
    ["0", "1", 0],
    ["0", "0", null],
    ["-1", "3", null],
    ["3", "-1", null],
  ])("of %s managed and %s other dollars is %s per mille", (own, other, permille) => {
    const resources = managedResources(aState(managed("aws_instance", { id: "i-0123456789abcdef0" })));
    const costs = [cost("i-0123456789abcdef0", own), cost("i-0fedcba9876543210", other)];
    expect(coverageOf(costs, resources, "USD").permille).toBe(permille);
  });

  it("lists the worst first: services and resources by their unmanaged cost", () => {
    const { services, unmanagedResources } = coverageOf(
      [
        cost("i-00000001", "5"),
        cost("i-00000002", "7"),
        cost("arn:aws:sqs:a:1:q", "20", "Amazon SQS"),
        cost(null, "99", "Tax"),
      ],
      [],
      "USD",
    );
    expect(services.map(({ service, unmanaged }) => [service, moneyText(unmanaged)])).toEqual([
      ["Amazon SQS", "20"],
      ["Amazon EC2", "12"],
      ["Tax", "0"],
    ]);
    expect(unmanagedResources.map(({ resourceId }) => resourceId)).toEqual([
      "arn:aws:sqs:a:1:q",
      "i-00000002",
      "i-00000001",
    ]);
  });

  it("has no percentage where there is nothing to cover, or credits turn a side negative", () => {
    expect(coverageOf([], [], "USD").permille).toBeNull();
    expect(coverageOf([cost(null, "10")], [], "USD").permille).toBeNull();
    expect(coverageOf([cost("i-00000001", "-1")], [], "USD").permille).toBeNull();
  });

  it("sums to the bill exactly, by service too", () => {
    const row = fc.record({
      service: fc.constantFrom("EC2", "S3"),
      resourceId: fc.option(fc.constantFrom("i-00000001", "i-00000002", "bucket")),
      cost: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 18n }).map((units) => ({ units, currency: "USD" })),
    });
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const all = coverageOf(
          rows,
          [{ address: "a", type: "aws_instance", identifiers: ["i-00000001"] }],
          "USD",
        );
        const parts = [all, ...all.services].map(({ managed, unmanaged, unattributable }) =>
          sum([managed, unmanaged, unattributable], "USD"),
        );
        const whole = sum(
          rows.map((one) => one.cost),
          "USD",
        );
        expect(parts[0]).toEqual(whole);
        expect(sum(parts.slice(1), "USD")).toEqual(whole);
        expect(
          sum(
            all.unmanagedResources.map((one) => one.cost),
            "USD",
          ),
        ).toEqual(all.unmanaged);
      }),
    );
  });
});

describe("a resource of a bill", () => {
  const arn = (rest: string) => `arn:aws:${rest}`;
  it.each([
    [
      "aws_instance",
      { id: "i-0123456789abcdef0", arn: arn("ec2:eu-central-1:1:instance/i-0123456789abcdef0") },
      "i-0123456789abcdef0",
    ],
    [
      "aws_nat_gateway",
      { id: "nat-0123456789abcdef0" },
      arn("ec2:eu-central-1:1:natgateway/nat-0123456789abcdef0"),
    ],
    [
      "aws_instance",
      { id: "i-0", root_block_device: [{ volume_id: "vol-0123456789abcdef0" }] },
      "vol-0123456789abcdef0",
    ],
    ["aws_s3_bucket", { id: "shop-data", bucket: "shop-data", arn: arn("s3:::shop-data") }, "shop-data"],
    ["aws_s3_bucket", { id: "shop-data", bucket: "shop-data" }, arn("s3:::shop-data")],
    [
      "aws_dynamodb_table",
      { id: "carts", arn: arn("dynamodb:a:1:table/carts") },
      arn("dynamodb:a:1:table/carts/index/day"),
    ],
    [
      "aws_cloudwatch_log_group",
      { id: "/a", arn: arn("logs:a:1:log-group:/a") },
      arn("logs:a:1:log-group:/a:*"),
    ],
    ["aws_lambda_function", { id: "f", arn: arn("lambda:a:1:function:f") }, arn("lambda:a:1:function:f:7")],
    [
      "aws_rds_cluster",
      { id: "c", cluster_resource_id: "cluster-ABCDEFGHIJKLMNOPQRSTUVWX12" },
      arn("rds:a:1:cluster:cluster-ABCDEFGHIJKLMNOPQRSTUVWX12"),
    ],
  ])("is that of %s %j", (type, values, resourceId) => {
    expect(resourceMatcher(managedResources(aState(managed(type, values))))(resourceId)?.type).toBe(type);
  });

  it.each([
    // A role that is called as the bucket is.
    ["aws_iam_role", { id: "shop-data", arn: arn("iam::1:role/shop-data") }, "shop-data"],
    ["aws_iam_role", { id: "shop-production1" }, "shop-production1"],
    [
      "aws_cloudwatch_log_group",
      { id: "/a", arn: arn("logs:a:1:log-group:/a") },
      arn("logs:a:1:log-group:/a/b"),
    ],
    ["aws_ecr_repository", { id: "a", arn: arn("ecr:a:1:repository/a") }, arn("ecr:a:1:repository/a/b")],
    ["aws_instance", { id: "i-0123456789abcdef0" }, "i-0123456789abcdef"],
    ["aws_ecs_cluster", { id: "c", arn: arn("ecs:a:1:cluster/c") }, arn("ecs:a:1:task/c/0123456789abcdef")],
    ["aws_db_instance", { id: "shop", arn: arn("rds:a:1:db:shop") }, arn("rds:a:1:db:shop2")],
  ])("is not that of %s %j", (type, values, resourceId) => {
    expect(resourceMatcher(managedResources(aState(managed(type, values))))(resourceId)).toBeNull();
  });
});

describe("what Terraform manages", () => {
  it("is read of the state and of the plan that Terraform writes", async () => {
    for (const name of ["drifted.state", "drifted-refresh-only"]) {
      const resources = managedResources(await fixture(name));
      const instance = resources.find(({ address }) => address === "aws_instance.web");
      expect(instance?.identifiers.some((one) => /^i-[0-9a-f]{17}$/.test(one))).toBe(true);
    }
  });

  it("is all modules, without data sources, once for each address", () => {
    const inModule = {
      address: "module.a.aws_sqs_queue.q",
      mode: "managed",
      type: "aws_sqs_queue",
      values: { arn: "arn:aws:sqs:a:1:q" },
    };
    const data = {
      address: "data.aws_s3_bucket.b",
      mode: "data",
      type: "aws_s3_bucket",
      values: { id: "b" },
    };
    const root = {
      resources: [data],
      child_modules: [{ resources: [], child_modules: [{ resources: [inModule] }] }],
    };
    const plan = bytes({
      format_version: "1.2",
      resource_changes: [],
      prior_state: { values: { root_module: root } },
      planned_values: { root_module: root },
    });
    expect(managedResources(plan)).toEqual([
      { address: "module.a.aws_sqs_queue.q", type: "aws_sqs_queue", identifiers: ["arn:aws:sqs:a:1:q"] },
    ]);
  });

  it("is nothing in an empty state, and a file of another kind is refused without its content", () => {
    expect(managedResources(bytes({ format_version: "1.0" }))).toEqual([]);
    for (const wrong of [
      bytes([1]),
      bytes({}),
      new TextEncoder().encode('{"secret'),
      bytes({ format_version: "1.2", resource_changes: [] }),
    ]) {
      expect(() => managedResources(wrong)).toThrow(DriftError);
      expect(() => managedResources(wrong)).toThrow(/terraform show -json/);
      expect(() => managedResources(wrong)).not.toThrow(/secret/);
    }
  });
});
