import { describe, expect, it } from "vitest";
import { moneyText } from "../../money/index.ts";
import type { JsonValue } from "../index.ts";
import { aChange, listPriced, monthlyAfter, type PlannedValues, partsOf } from "../testing/index.ts";

const priced = (type: string, after: PlannedValues, afterUnknown: JsonValue = {}, region = "us-east-1") =>
  listPriced([aChange({ type, after, afterUnknown, region })]);

// Published costs: infracost@95ba4f49a, db_instance_test.golden.
describe("an RDS instance", () => {
  const mysql = {
    engine: "mysql",
    instance_class: "db.t3.large",
    allocated_storage: 20,
    storage_type: "gp2",
  };

  it.each([
    [mysql, "101.58"],
    [{ ...mysql, engine: "postgres" }, "108.15"],
    [{ ...mysql, engine: "mariadb" }, "101.58"],
    [{ ...mysql, engine: "oracle-se2", license_model: "license-included" }, "221.3"],
    [{ ...mysql, engine: "sqlserver-ex" }, "120.56"],
    [{ ...mysql, engine: "sqlserver-web" }, "171.66"],
    [{ ...mysql, engine: "sqlserver-se", instance_class: "db.m5.xlarge" }, "895.82"],
    [{ ...mysql, engine: "sqlserver-ee", instance_class: "db.m5.xlarge" }, "1707.58"],
    [{ ...mysql, allocated_storage: 30, multi_az: true }, "205.46"],
    [{ ...mysql, storage_type: "io1", allocated_storage: 100, iops: 1200 }, "231.78"],
    [{ ...mysql, instance_class: "db.t3.micro" }, "14.71"],
    // IOPS beside a type that has none change nothing.
    [{ ...mysql, allocated_storage: 30, multi_az: true, iops: 1200 }, "205.46"],
  ])("of %j costs $%s a month", (after, cost) => {
    const result = priced("aws_db_instance", after);
    expect([monthlyAfter(result), result.resources[0]?.status]).toEqual([cost, "priced"]);
  });

  it("of gp3 includes 12,000 IOPS from 400 GB on", () => {
    const gp3 = {
      engine: "mysql",
      instance_class: "db.t4g.small",
      storage_type: "gp3",
      allocated_storage: 400,
    };
    expect(partsOf(priced("aws_db_instance", { ...gp3, iops: 14_000 }))).toEqual([
      ["Instance, db.t4g.small, mysql, Single-AZ", "23.36"],
      ["Storage, gp3", "46"],
      ["IOPS", "40"],
    ]);
    expect(partsOf(priced("aws_db_instance", { ...gp3, iops: 14_000, multi_az: true })).slice(1)).toEqual([
      ["Storage, gp3", "92"],
      ["IOPS", "80"],
    ]);
    expect(monthlyAfter(priced("aws_db_instance", { ...gp3, iops: 12_000 }))).toBe("69.36");
  });

  it("with IOPS and without storage type is of io1, as the provider has it", () => {
    const after = { engine: "mysql", instance_class: "db.t3.large", allocated_storage: 100, iops: 1200 };
    expect(monthlyAfter(priced("aws_db_instance", after, { storage_type: true }))).toBe("231.78");
  });

  it("without storage type and Multi-AZ has the defaults, and says so", () => {
    const after = { engine: "mysql", instance_class: "db.t3.large", allocated_storage: 20 };
    const unknown = { storage_type: true, multi_az: true, iops: true, license_model: true };
    const result = priced("aws_db_instance", after, unknown);
    expect(monthlyAfter(result)).toBe("101.58");
    expect(result.resources[0]?.notes).toEqual([
      "multi_az is not in the plan: priced as false, the default of AWS.",
      "storage_type is not in the plan: priced as gp2, the default of the provider without iops.",
      "Additional backup storage: priced only where the usage file gives additional_backup_storage_gb.",
    ]);
  });

  it("pays for backups beyond its size where the usage file says so", () => {
    const change = aChange({ type: "aws_db_instance", after: mysql });
    const result = listPriced([change], { additional_backup_storage_gb: 1000n });
    expect(partsOf(result)[2]).toEqual(["Additional backup storage", "95"]);
  });

  it("is unknown where engine or storage are, and a replica takes them from its source", () => {
    const unknown = { engine: true, allocated_storage: true };
    const replica = { instance_class: "db.t3.large", storage_type: "gp2", replicate_source_db: "main" };
    expect(monthlyAfter(priced("aws_db_instance", replica, unknown))).toBe("unknown");
    const changes = [
      aChange({
        type: "aws_db_instance",
        address: "aws_db_instance.replica",
        after: replica,
        afterUnknown: unknown,
      }),
      aChange({
        type: "aws_db_instance",
        address: "aws_db_instance.main",
        after: { ...mysql, identifier: "main" },
      }),
    ];
    expect(monthlyAfter(listPriced(changes))).toBe("101.58");
    expect(monthlyAfter(priced("aws_db_instance", { ...mysql, engine: "db2-se" }))).toBe("unknown");
  });
});

// infracost@95ba4f49a, rds_cluster_test.golden and rds_cluster_instance_test.golden.
describe("Aurora", () => {
  it("charges instances by the hour", () => {
    const instance = (instance_class: string, engine: string) =>
      monthlyAfter(priced("aws_rds_cluster_instance", { instance_class, engine }));
    expect(instance("db.t3.medium", "aurora-postgresql")).toBe("59.86");
    expect(instance("db.r4.large", "aurora-mysql")).toBe("211.7");
    expect(instance("db.r4.8xlarge", "aurora-mysql")).toBe("3387.2");
  });

  it("charges the storage of a cluster by use", () => {
    const result = priced("aws_rds_cluster", { engine: "aurora-mysql" });
    expect([monthlyAfter(result), result.resources[0]?.status]).toEqual(["usage-based", "usage-based"]);
    const change = aChange({ type: "aws_rds_cluster", after: { engine: "aurora-mysql" } });
    const used = listPriced([change], { storage_gb: 100n, monthly_io_requests: 52_560_000n });
    expect(partsOf(used)).toEqual([
      ["Storage", "10"],
      ["I/O requests", "10.512"],
    ]);
  });

  it("charges serverless instances between their smallest and largest capacity, or by the usage file", () => {
    const changes = [
      aChange({
        type: "aws_rds_cluster_instance",
        after: { instance_class: "db.serverless", engine: "aurora-postgresql" },
        afterUnknown: { cluster_identifier: true },
        references: { cluster_identifier: ["aws_rds_cluster.main"] },
      }),
      aChange({
        type: "aws_rds_cluster",
        address: "aws_rds_cluster.main",
        after: {
          engine: "aurora-postgresql",
          serverlessv2_scaling_configuration: [{ min_capacity: 0.5, max_capacity: 4.5 }],
        },
      }),
    ];
    const { after } = listPriced(changes).resources[0] ?? {};
    const texts = [after?.low, after?.expected, after?.high].map((cost) => (cost ? moneyText(cost) : null));
    expect(texts).toEqual(["43.8", "219", "394.2"]);
    expect(monthlyAfter(listPriced(changes, { capacity_units_per_hr: 5n }))).toBe("438");
  });
});

describe("DocumentDB and Neptune", () => {
  it("charge instances by the hour: infracost@95ba4f49a, *_cluster_instance_test.golden", () => {
    const document = (instance_class: string) =>
      monthlyAfter(priced("aws_docdb_cluster_instance", { instance_class }));
    expect([document("db.r5.4xlarge"), document("db.t3.medium")]).toEqual(["1617.68", "56.94"]);
    const graph = (instance_class: string) =>
      monthlyAfter(priced("aws_neptune_cluster_instance", { instance_class }, {}, "eu-west-2"));
    expect([graph("db.t3.medium"), graph("db.r4.large")]).toEqual(["81.76", "297.84"]);
  });

  it("charge the storage of a cluster by use", () => {
    const change = aChange({ type: "aws_docdb_cluster", after: {} });
    const result = listPriced([change], {
      storage_gb: 1000n,
      monthly_io_requests: 10_000_000n,
      backup_storage_gb: 10_000n,
    });
    expect(partsOf(result).map(([, cost]) => cost)).toEqual(["100", "2", "210"]);
    const graph = aChange({ type: "aws_neptune_cluster", after: {}, region: "eu-west-2" });
    const used = listPriced([graph], { storage_gb: 100n, monthly_io_requests: 10_000_000n });
    expect(partsOf(used).map(([, cost]) => cost)).toEqual(["11.6", "2.32"]);
  });

  it("have another price with I/O-optimized storage", () => {
    const changes = [
      aChange({
        type: "aws_neptune_cluster_instance",
        region: "eu-west-2",
        after: { instance_class: "db.t3.medium", cluster_identifier: "graph" },
      }),
      aChange({ type: "aws_neptune_cluster", after: { cluster_identifier: "graph", storage_type: "iopt1" } }),
    ];
    expect(monthlyAfter(listPriced(changes))).toBe("110.23");
  });
});

// infracost@95ba4f49a, dynamodb_table_test.golden.
describe("a DynamoDB table", () => {
  const provisioned = { billing_mode: "PROVISIONED", write_capacity: 20, read_capacity: 30 };

  it("charges its capacity and that of its replicas", () => {
    const after = { ...provisioned, replica: [{ region_name: "us-east-2" }, { region_name: "us-west-1" }] };
    expect(partsOf(priced("aws_dynamodb_table", after, {}, "us-east-2"))).toEqual([
      ["Write capacity", "9.49"],
      ["Read capacity", "2.847"],
      ["Replicated writes, us-east-2", "9.49"],
      ["Replicated writes, us-west-1", "10.585"],
      ["Storage", null],
    ]);
  });

  it("charges the capacity of its indexes", () => {
    const after = { ...provisioned, global_secondary_index: [{ write_capacity: 20, read_capacity: 30 }] };
    expect(partsOf(priced("aws_dynamodb_table", after))[0]).toEqual(["Write capacity", "18.98"]);
  });

  it("on demand charges requests, whatever capacities it still states", () => {
    const after = { ...provisioned, billing_mode: "PAY_PER_REQUEST" };
    const change = aChange({ type: "aws_dynamodb_table", after });
    expect(monthlyAfter(listPriced([change]))).toBe("usage-based");
    const usage = {
      monthly_write_request_units: 3_000_000n,
      monthly_read_request_units: 8_000_000n,
      storage_gb: 230n,
    };
    expect(partsOf(listPriced([change], usage))).toEqual([
      ["Write requests", "1.875"],
      ["Read requests", "1"],
      ["Storage", "57.5"],
    ]);
  });
});
