import { describe, expect, it } from "vitest";
import { publishedCost } from "../testing/published-cost.ts";

const GB = "monthly_data_processed_gb";
const interfaceEndpoint = { vpc_endpoint_type: "Interface", subnet_ids: ["a"] };

// Costs of infracost's tests at commit 95ba4f49a (internal/providers/terraform/aws/testdata/NAME_test/NAME_test.golden).
describe("networks cost what is published", () => {
  it.each([
    ["aws_nat_gateway", {}, { [GB]: 100 }, "37.35"], // 32.85 + 4.50
    ["aws_lb", { load_balancer_type: "application" }, { monthly_lcu_hours: 1000 }, "24.43"], // 16.425 + 8.00
    ["aws_lb", { load_balancer_type: "network" }, { monthly_lcu_hours: 1000 }, "22.43"], // 16.425 + 6.00
    ["aws_alb", { load_balancer_type: "application" }, { monthly_lcu_hours: 0 }, "16.43"],
    ["aws_elb", {}, { [GB]: 10_000 }, "98.25"], // 18.25 + 80.00
    ["aws_vpc_endpoint", interfaceEndpoint, { [GB]: 1000 }, "17.30"],
    ["aws_vpc_endpoint", interfaceEndpoint, { [GB]: 7_000_000 }, "42007.30"], // three tiers
    ["aws_vpc_endpoint", { ...interfaceEndpoint, subnet_ids: ["a", "b"] }, { [GB]: 0 }, "14.60"],
    ["aws_vpc_endpoint", { vpc_endpoint_type: "GatewayLoadBalancer" }, { [GB]: 0 }, "7.30"],
    ["aws_ec2_transit_gateway_vpc_attachment", {}, { [GB]: 0 }, "36.50"],
    ["aws_ec2_transit_gateway_peering_attachment", {}, {}, "36.50"],
    ["aws_vpn_connection", {}, {}, "36.50"],
    ["aws_vpn_connection", { transit_gateway_id: "tgw-1" }, { [GB]: 100 }, "75.00"], // 36.50 + 36.50 + 2.00
    ["aws_ec2_client_vpn_endpoint", {}, { monthly_connection_hours: 730 }, "36.50"],
    ["aws_ec2_client_vpn_network_association", {}, {}, "73.00"],
    ["aws_ec2_traffic_mirror_session", {}, {}, "10.95"],
    ["aws_networkfirewall_firewall", { subnet_mapping: [{}] }, { [GB]: 100 }, "294.85"], // 288.35 + 6.50
    ["aws_globalaccelerator_accelerator", {}, {}, "18.25"],
    ["aws_dx_connection", { bandwidth: "1Gbps" }, {}, "219.00"],
  ] as const)("%s %o with %o: $%s", (type, after, usage, cost) => {
    expect(publishedCost({ type, after, usage })).toBe(cost);
  });

  it("says that a NAT gateway's data depends on usage where nobody knows it", () => {
    expect(publishedCost({ type: "aws_nat_gateway" })).toBe("usage-based");
  });

  it("has no charge for a gateway endpoint", () => {
    expect(publishedCost({ type: "aws_vpc_endpoint", after: { vpc_endpoint_type: "Gateway" } })).toBe("free");
  });

  it("does not know what another kind of endpoint costs", () => {
    expect(publishedCost({ type: "aws_vpc_endpoint", after: { vpc_endpoint_type: "Resource" } })).toBe(
      "unknown",
    );
  });

  it("has no price in a region that the book lacks", () => {
    expect(publishedCost({ type: "aws_ec2_traffic_mirror_session", region: "ap-south-2" })).toBe("unknown");
  });
});
