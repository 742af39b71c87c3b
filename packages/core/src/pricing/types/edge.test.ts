import { describe, expect, it } from "vitest";
import { publishedCost } from "../testing/published-cost.ts";

const viewers = {
  "monthly_data_transfer_to_internet_gb.us": 1_048_576,
  "monthly_https_requests.us": 123_400,
  "monthly_data_transfer_to_internet_gb.europe": 0,
  "monthly_https_requests.europe": 0,
};
const europe = {
  "monthly_data_transfer_to_internet_gb.us": 0,
  "monthly_https_requests.us": 0,
  "monthly_data_transfer_to_internet_gb.europe": 10_240,
  "monthly_https_requests.europe": 223_400,
};

// Costs of infracost's tests at commit 95ba4f49a (internal/providers/terraform/aws/testdata/NAME_test/NAME_test.golden).
describe("the edge costs what is published", () => {
  it.each([
    // 870.40 + 3,276.80 + 6,144.00 + 14,336.00 + 16,097.28, and 0.12 of requests
    ["aws_cloudfront_distribution", {}, viewers, "40724.60"],
    ["aws_cloudfront_distribution", {}, europe, "870.67"], // 870.40 + 0.27
    ["aws_cloudfront_function", {}, { monthly_requests: 2_200_000 }, "0.02"], // two million are free
    ["aws_route53_zone", {}, {}, "0.50"],
    ["aws_route53_record", {}, { monthly_queries: 1_100_000_000 }, "420.00"], // 400.00 + 20.00
    ["aws_route53_record", { latency_routing_policy: [{}] }, { monthly_queries: 1_200_000_000 }, "660.00"],
    [
      "aws_route53_record",
      { geolocation_routing_policy: [{}] },
      { monthly_queries: 1_500_000_000 },
      "875.00",
    ],
    ["aws_route53_record", { alias: [{}] }, {}, "free"],
    ["aws_route53_health_check", { type: "HTTP" }, {}, "0.75"],
    ["aws_route53_health_check", { type: "HTTPS" }, {}, "2.75"],
    [
      "aws_route53_health_check",
      { type: "HTTPS_STR_MATCH", measure_latency: true, request_interval: 10 },
      {},
      "8.75",
    ],
    ["aws_route53_health_check", { type: "CALCULATED" }, {}, "0.50"],
    ["aws_route53_resolver_endpoint", { ip_address: [{}, {}] }, { monthly_queries: 100_000_000 }, "222.50"],
    ["aws_route53_resolver_endpoint", { ip_address: [{}, {}] }, { monthly_queries: 2_000_000_000 }, "782.50"],
  ] as const)("%s %o with %o: $%s", (type, after, usage, cost) => {
    expect(publishedCost({ type, after, usage })).toBe(cost);
  });
});
