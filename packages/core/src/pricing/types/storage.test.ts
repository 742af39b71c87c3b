import { describe, expect, it } from "vitest";
import { publishedCost } from "../testing/published-cost.ts";

const bucketUsage = {
  "standard.storage_gb": 10_000,
  "standard.monthly_tier_1_requests": 10_000,
  "standard.monthly_tier_2_requests": 10_000,
};
const zfs = { deployment_type: "SINGLE_AZ_1", storage_capacity: 300, throughput_capacity: 1024 };
const iops = { disk_iops_configuration: [{ mode: "USER_PROVISIONED", iops: 1000 }] };
const windows = { deployment_type: "MULTI_AZ_1", storage_capacity: 300, throughput_capacity: 1024 };

// Costs of infracost's tests at commit 95ba4f49a (internal/providers/terraform/aws/testdata/NAME_test/NAME_test.golden).
describe("storage costs what is published", () => {
  it.each([
    ["aws_s3_bucket", {}, bucketUsage, "230.05"], // 230.00 + 0.05 + 0.004
    ["aws_s3_bucket_inventory", {}, { monthly_listed_objects: 10_000_000 }, "0.03"],
    ["aws_s3_bucket_analytics_configuration", {}, { monthly_monitored_objects: 10_000_000 }, "1.00"],
    ["aws_efs_file_system", { throughput_mode: "bursting" }, { storage_gb: 230 }, "69.00"],
    [
      "aws_efs_file_system",
      { throughput_mode: "provisioned", provisioned_throughput_in_mibps: 88.5 },
      { storage_gb: 230 },
      "600.00",
    ], // 69.00 + 531.00
    [
      "aws_efs_file_system",
      { throughput_mode: "bursting", availability_zone_name: "us-east-1b", lifecycle_policy: [{}] },
      { storage_gb: 230, infrequent_access_storage_gb: 100 },
      "38.13",
    ], // 36.80 + 1.33
    [
      "aws_fsx_windows_file_system",
      { ...windows, storage_type: "SSD" },
      { backup_storage_gb: 10_000 },
      "5177.00",
    ],
    ["aws_fsx_windows_file_system", { ...windows, storage_type: "HDD" }, { backup_storage_gb: 0 }, "4615.50"],
    ["aws_fsx_openzfs_file_system", zfs, { backup_storage_gb: 0 }, "293.24"],
    ["aws_fsx_openzfs_file_system", { ...zfs, ...iops }, { backup_storage_gb: 0 }, "293.84"], // 100 IOPS above the included
    ["aws_ecr_repository", {}, { storage_gb: 1 }, "0.10"],
  ] as const)("%s %o with %o: $%s", (type, after, usage, cost) => {
    expect(publishedCost({ type, after, usage })).toBe(cost);
  });

  it("prices the backups of a vault in us-west-1", () => {
    const usage = {
      monthly_efs_warm_backup_gb: 10_000,
      monthly_ebs_snapshot_gb: 10_000,
      monthly_rds_snapshot_gb: 10_000,
    };
    expect(publishedCost({ type: "aws_backup_vault", usage, region: "us-west-1" })).toBe("2100.00");
  });

  it("does not know what a deployment without a price model costs", () => {
    expect(
      publishedCost({ type: "aws_fsx_ontap_file_system", after: { ...zfs, deployment_type: "NEW" } }),
    ).toBe("unknown");
  });
});
