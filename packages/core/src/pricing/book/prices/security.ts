import { bookEntries, infracostGolden } from "./book-entries.ts";

/** Keys, secrets, certificates and firewalls. */
export const securityPrices = [
  ...bookEntries(infracostGolden("kms_key"), "us-east-1", [
    ["awskms", "KMS-Keys", "Keys", "1"],
    ["awskms", "KMS-Requests", "Requests", "0.000003"],
    ["awskms", "KMS-Requests-Asymmetric-RSA_2048", "Requests", "0.000003"],
    ["awskms", "KMS-Requests-Asymmetric", "Requests", "0.000015"],
  ]),
  ...bookEntries(infracostGolden("secretsmanager_secret"), "us-east-1", [
    ["AWSSecretsManager", "AWSSecretsManager-Secrets", "Secrets", "0.4"],
    ["AWSSecretsManager", "AWSSecretsManagerAPIRequest", "API Requests", "0.000005"],
  ]),
  ...bookEntries(infracostGolden("wafv2_web_acl"), "us-east-1", [
    ["awswaf", "WebACLV2", "WebACL", "5"],
    ["awswaf", "RuleV2", "Rule", "1"],
    ["awswaf", "RequestV2-Tier1", "Request", "0.0000006"],
  ]),
  ...bookEntries(infracostGolden("acmpca_certificate_authority"), "us-east-1", [
    ["AWSCertificateManager", "PaidPrivateCA", "CAs", "400"],
    ["AWSCertificateManager", "ShortLivedCertificatePrivateCA", "CAs", "50"],
    [
      "AWSCertificateManager",
      "PrivateCertificatesIssued",
      "Certificates",
      [
        ["0", "0.75"],
        ["1000", "0.35"],
        ["10000", "0.001"],
      ],
    ],
    ["AWSCertificateManager", "ShortLivedCertificatesIssued", "Certificates", "0.058"],
  ]),
];
