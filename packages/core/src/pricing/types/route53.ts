import { fixed, HOURS_A_MONTH, monthly, usage } from "../charge.ts";
import type { ChargeQuantity, ResourceReader } from "../resource-type.ts";
import { chargedType } from "./charged-type.ts";

export const route53Types = [
  chargedType("aws_route53_zone", () => [dns("Hosted zone", "HostedZone", "HostedZone", fixed(1))]),
  chargedType("aws_route53_record", (record) =>
    // Queries of an alias to a resource of AWS cost nothing.
    record.count("alias") > 0
      ? []
      : [dns("Queries", queriesFamily(record), "Queries", usage("monthly_queries"))],
  ),
  chargedType("aws_route53_health_check", healthCheckCharges),
  chargedType("aws_route53_resolver_endpoint", (endpoint) => [
    regional(
      "Network interfaces",
      "ResolverNetworkInterface",
      "hours",
      fixed(endpoint.count("ip_address"), HOURS_A_MONTH),
    ),
    regional("Queries", "DNS-Queries", "Queries", usage("monthly_queries")),
  ]),
];

const regional = (name: string, family: string, unit: string, quantity: ChargeQuantity) =>
  monthly(name, "AmazonRoute53", family, unit, quantity);

function dns(name: string, family: string, unit: string, quantity: ChargeQuantity) {
  const charge = regional(name, family, unit, quantity);
  return { ...charge, key: { ...charge.key, region: "global" } };
}

function queriesFamily(record: ResourceReader): string {
  if (record.count("latency_routing_policy") > 0) return "LBR-Queries";
  if (record.count("geolocation_routing_policy") > 0 || record.count("geoproximity_routing_policy") > 0) {
    return "Geo-Queries";
  }
  return "DNS-Queries";
}

function healthCheckCharges(check: ResourceReader) {
  const type = check.text("type") ?? "";
  // A calculated check, and one of a CloudWatch alarm, costs as one of an endpoint in AWS.
  const options = [
    type.startsWith("HTTPS"),
    type.endsWith("STR_MATCH"),
    check.flag("measure_latency") === true,
    check.number("request_interval") === 10,
  ].filter(Boolean).length;
  const isOfAws = ["CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"].includes(type);
  if (!isOfAws) check.note("Priced as a check of an endpoint outside of AWS: one in AWS costs less.");
  const where = isOfAws ? "AWS" : "Non-AWS";
  return [
    dns("Health check", `Health-Check-${where}`, "Checks", fixed(1)),
    ...(options > 0
      ? [dns("Optional features", `Health-Check-Option-${where}`, "Options", fixed(options))]
      : []),
  ];
}
