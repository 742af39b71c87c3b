import { fixed, monthly, usage } from "../charge.ts";
import type { ResourceCharge } from "../resource-type.ts";
import { chargedType } from "./charged-type.ts";

/** Areas of edge locations: AWS's code, the key of the usage file and what a person reads. */
const AREAS = [
  ["US", "us", "North America"],
  ["EU", "europe", "Europe"],
] as const;

export const cloudFrontTypes = [
  chargedType("aws_cloudfront_distribution", (distribution) => {
    distribution.note(
      "Viewers in other areas than North America and Europe, plain HTTP requests and data to origins are not priced.",
    );
    const areas = AREAS.flatMap(([area, key, name]) => [
      at(
        area,
        `Data to viewers, ${name}`,
        "DataTransfer-Out-Bytes",
        "GB",
        `monthly_data_transfer_to_internet_gb.${key}`,
      ),
      at(
        area,
        `HTTPS requests, ${name}`,
        "Requests-Tier2-HTTPS",
        "Requests",
        `monthly_https_requests.${key}`,
      ),
    ]);
    const hasOwnAddresses = distribution.text("viewer_certificate.0.ssl_support_method") === "vip";
    return hasOwnAddresses ? [...areas, ownAddresses()] : areas;
  }),
  chargedType("aws_cloudfront_function", () => [
    at("global", "Invocations", "Executions-CloudFrontFunctions", "Executions", "monthly_requests"),
  ]),
];

/** A certificate that is served from addresses of its own, for viewers without SNI. */
function ownAddresses(): ResourceCharge {
  const charge = monthly(
    "Certificate with dedicated IP addresses",
    "AmazonCloudFront",
    "SSL-Cert-Custom",
    "Certificate",
    fixed(1),
  );
  return { ...charge, key: { ...charge.key, region: "global" } };
}

const at = (region: string, name: string, family: string, unit: string, key: string): ResourceCharge => {
  const charge = monthly(name, "AmazonCloudFront", family, unit, usage(key));
  return { ...charge, key: { ...charge.key, region } };
};
