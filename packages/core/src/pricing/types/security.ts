import { fixed, monthHours, monthly, usage } from "../charge.ts";
import type { ResourceReader } from "../resource-type.ts";
import { chargedType } from "./charged-type.ts";

const key = () => monthly("Key", "awskms", "KMS-Keys", "Keys", fixed(1));

export const securityTypes = [
  chargedType("aws_kms_key", (resource) => [key(), keyRequests(resource)]),
  ...["aws_kms_replica_key", "aws_kms_external_key", "aws_kms_replica_external_key"].map((type) =>
    chargedType(type, () => [
      key(),
      monthly("Requests", "awskms", "KMS-Requests", "Requests", usage("monthly_requests")),
    ]),
  ),
  chargedType("aws_secretsmanager_secret", (secret) => {
    const secrets = (count: number, name: string) =>
      monthly(name, "AWSSecretsManager", "AWSSecretsManager-Secrets", "Secrets", fixed(count));
    const replicas = secret.count("replica");
    return [
      secrets(1, "Secret"),
      ...(replicas > 0 ? [secrets(replicas, "Replicas")] : []),
      monthly(
        "Requests",
        "AWSSecretsManager",
        "AWSSecretsManagerAPIRequest",
        "API Requests",
        usage("monthly_requests"),
      ),
    ];
  }),
  chargedType("aws_wafv2_web_acl", firewallCharges),
  chargedType("aws_acmpca_certificate_authority", (authority) => {
    const isShort = authority.text("usage_mode") === "SHORT_LIVED_CERTIFICATE";
    return [
      certificates(
        "Private certificate authority",
        isShort ? "ShortLivedCertificatePrivateCA" : "PaidPrivateCA",
        "CAs",
        fixed(1),
      ),
      certificates(
        "Certificates",
        isShort ? "ShortLivedCertificatesIssued" : "PrivateCertificatesIssued",
        "Certificates",
        usage("monthly_requests"),
      ),
    ];
  }),
  chargedType("aws_acm_certificate", (certificate) =>
    // A certificate of a public authority costs nothing.
    isGiven(certificate, "certificate_authority_arn")
      ? [certificates("Certificate", "PrivateCertificatesIssued", "Certificates", usage("monthly_requests"))]
      : [],
  ),
  chargedType("aws_networkfirewall_firewall", (firewall) => [
    monthly(
      "Endpoints",
      "AWSNetworkFirewall",
      "Endpoint-Hour",
      "Hrs",
      monthHours(Math.max(1, firewall.count("subnet_mapping"))),
    ),
    monthly(
      "Data processed",
      "AWSNetworkFirewall",
      "Traffic-GB-Processed",
      "GB",
      usage("monthly_data_processed_gb", { hoursFamily: "Endpoint-Hour" }),
    ),
  ]),
  chargedType("aws_cognito_user_pool", () => [
    monthly(
      "Monthly active users",
      "AmazonCognito",
      "CognitoUserPoolsMAU",
      "User",
      usage("monthly_active_users"),
    ),
  ]),
];

/** Requests to asymmetric keys other than RSA 2048 cost more. */
function keyRequests(resource: ResourceReader) {
  const spec = resource.text("customer_master_key_spec") ?? "SYMMETRIC_DEFAULT";
  const isPlain = spec === "SYMMETRIC_DEFAULT" || spec.startsWith("HMAC");
  const family = isPlain
    ? "KMS-Requests"
    : spec === "RSA_2048"
      ? "KMS-Requests-Asymmetric-RSA_2048"
      : "KMS-Requests-Asymmetric";
  return monthly("Requests", "awskms", family, "Requests", usage("monthly_requests"));
}

const certificates = (name: string, family: string, unit: string, quantity: ReturnType<typeof fixed>) =>
  monthly(name, "AWSCertificateManager", family, unit, quantity);

function firewallCharges(acl: ResourceReader) {
  const waf = (name: string, family: string, unit: string, quantity: ReturnType<typeof fixed>) => {
    const charge = monthly(name, "awswaf", family, unit, quantity);
    const isGlobal = acl.text("scope") === "CLOUDFRONT";
    return isGlobal ? { ...charge, key: { ...charge.key, region: "global" } } : charge;
  };
  const rules = acl.count("rule");
  return [
    waf("Web ACL", "WebACLV2", "WebACL", fixed(1)),
    ...(rules > 0 ? [waf("Rules", "RuleV2", "Rule", fixed(rules))] : []),
    waf("Requests", "RequestV2-Tier1", "Request", usage("monthly_requests")),
  ];
}

const isGiven = (resource: ResourceReader, path: string) =>
  resource.isUnknown(path) || (resource.text(path) ?? "") !== "";
