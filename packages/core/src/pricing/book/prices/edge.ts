import type { PriceRow } from "./book-entries.ts";
import { bookEntries, infracostGolden } from "./book-entries.ts";

const DATA_TO_VIEWERS: PriceRow = [
  "AmazonCloudFront",
  "DataTransfer-Out-Bytes",
  "GB",
  [
    ["0", "0.085"],
    ["10240", "0.08"],
    ["51200", "0.06"],
    ["153600", "0.04"],
    ["512000", "0.03"],
    ["1048576", "0.025"],
    ["5242880", "0.02"],
  ],
];

const billions = (name: string, first: string, more: string): PriceRow => [
  "AmazonRoute53",
  name,
  "Queries",
  [
    ["0", first],
    ["1000000000", more],
  ],
];

/** CloudFront and Route 53. */
export const edgePrices = [
  ...bookEntries(infracostGolden("cloudfront_distribution"), "US", [
    DATA_TO_VIEWERS,
    ["AmazonCloudFront", "Requests-Tier2-HTTPS", "Requests", "0.000001"],
  ]),
  ...bookEntries(infracostGolden("cloudfront_distribution"), "EU", [
    DATA_TO_VIEWERS,
    ["AmazonCloudFront", "Requests-Tier2-HTTPS", "Requests", "0.0000012"],
  ]),
  ...bookEntries(infracostGolden("cloudfront_distribution"), "global", [
    ["AmazonCloudFront", "SSL-Cert-Custom", "Certificate", "600"],
  ]),
  ...bookEntries(infracostGolden("cloudfront_function"), "global", [
    [
      "AmazonCloudFront",
      "Executions-CloudFrontFunctions",
      "Executions",
      [
        ["0", "0"],
        ["2000000", "0.0000001"],
      ],
    ],
  ]),
  ...bookEntries(infracostGolden("route53_zone"), "global", [
    ["AmazonRoute53", "HostedZone", "HostedZone", "0.5"],
  ]),
  ...bookEntries(infracostGolden("route53_record"), "global", [
    billions("DNS-Queries", "0.0000004", "0.0000002"),
    billions("LBR-Queries", "0.0000006", "0.0000003"),
    billions("Geo-Queries", "0.0000007", "0.00000035"),
  ]),
  ...bookEntries(infracostGolden("route53_health_check"), "global", [
    ["AmazonRoute53", "Health-Check-AWS", "Checks", "0.5"],
    ["AmazonRoute53", "Health-Check-Option-AWS", "Options", "1"],
    ["AmazonRoute53", "Health-Check-Non-AWS", "Checks", "0.75"],
    ["AmazonRoute53", "Health-Check-Option-Non-AWS", "Options", "2"],
  ]),
  ...bookEntries(infracostGolden("route53_resolver_endpoint"), "us-east-1", [
    ["AmazonRoute53", "ResolverNetworkInterface", "hours", "0.125"],
    billions("DNS-Queries", "0.0000004", "0.0000002"),
  ]),
];
