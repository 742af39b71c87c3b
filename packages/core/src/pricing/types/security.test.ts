import { describe, expect, it } from "vitest";
import { publishedCost } from "../testing/published-cost.ts";

const rules = Array.from({ length: 16 }, () => ({}));
const none = { monthly_requests: 0 };

// Costs of infracost's tests at commit 95ba4f49a (internal/providers/terraform/aws/testdata/NAME_test/NAME_test.golden).
describe("keys, secrets and firewalls cost what is published", () => {
  it.each([
    ["aws_kms_key", {}, { monthly_requests: 10_000 }, "1.03"],
    ["aws_kms_key", { customer_master_key_spec: "RSA_2048" }, { monthly_requests: 10_000 }, "1.03"],
    ["aws_kms_key", { customer_master_key_spec: "RSA_3072" }, { monthly_requests: 10_000 }, "1.15"],
    ["aws_kms_external_key", {}, none, "1.00"],
    ["aws_kms_replica_key", {}, none, "1.00"],
    ["aws_secretsmanager_secret", {}, { monthly_requests: 100_000 }, "0.90"], // 0.40 + 0.50
    ["aws_secretsmanager_secret", { replica: [{ region: "us-west-2" }] }, none, "0.80"],
    ["aws_wafv2_web_acl", { scope: "REGIONAL", rule: rules }, { monthly_requests: 1_000_000 }, "21.60"], // 5 + 16 + 0.60
    ["aws_wafv2_web_acl", { scope: "REGIONAL", rule: [{}] }, none, "6.00"],
    ["aws_acmpca_certificate_authority", {}, { monthly_requests: 20_001 }, "4310.00"], // 400 + 750 + 3,150 + 10.001
    [
      "aws_acmpca_certificate_authority",
      { usage_mode: "SHORT_LIVED_CERTIFICATE" },
      { monthly_requests: 20_001 },
      "1210.06",
    ],
    [
      "aws_acm_certificate",
      { certificate_authority_arn: "arn:aws:acm-pca:x" },
      { monthly_requests: 1 },
      "0.75",
    ],
    ["aws_acm_certificate", {}, {}, "free"],
  ] as const)("%s %o with %o: $%s", (type, after, usage, cost) => {
    expect(publishedCost({ type, after, usage })).toBe(cost);
  });
});
