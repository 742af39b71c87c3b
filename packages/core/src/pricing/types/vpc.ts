import { monthHours, monthly, usage } from "../charge.ts";
import type { ResourceReader } from "../resource-type.ts";
import { UnknownValueError } from "../unknown-value.ts";
import { chargedType } from "./charged-type.ts";

const DATA_PROCESSED = "monthly_data_processed_gb";

export const vpcTypes = [
  chargedType("aws_nat_gateway", () => [
    monthly("NAT gateway", "AmazonEC2", "NatGateway-Hours", "Hrs", monthHours()),
    monthly(
      "Data processed",
      "AmazonEC2",
      "NatGateway-Bytes",
      "GB",
      usage(DATA_PROCESSED, { hoursFamily: "NatGateway-Hours" }),
    ),
  ]),
  chargedType("aws_vpc_endpoint", endpointCharges),
  chargedType("aws_ec2_transit_gateway_vpc_attachment", () => transitGatewayCharges("TransitGatewayVPC")),
  // Data over a peering is charged as data transfer between regions.
  chargedType("aws_ec2_transit_gateway_peering_attachment", () => [attachment("TransitGatewayPeering")]),
  chargedType("aws_dx_gateway_association", associationCharges),
  chargedType("aws_vpn_connection", (vpn) => [
    monthly("VPN connection", "AmazonVPC", "VPN-Usage-Hours:ipsec.1", "Hrs", monthHours()),
    ...(isGiven(vpn, "transit_gateway_id") ? transitGatewayCharges("TransitGatewayVPN") : []),
  ]),
  chargedType("aws_ec2_client_vpn_endpoint", () => [
    monthly(
      "Connections",
      "AmazonVPC",
      "ClientVPN-ConnectionHours",
      "Hrs",
      usage("monthly_connection_hours", { hoursFamily: "ClientVPN-EndpointHours" }),
    ),
  ]),
  chargedType("aws_ec2_client_vpn_network_association", () => [
    monthly("Endpoint association", "AmazonVPC", "ClientVPN-EndpointHours", "Hrs", monthHours()),
  ]),
  chargedType("aws_ec2_traffic_mirror_session", () => [
    monthly("Traffic mirror", "AmazonVPC", "VPC-TrafficMirroring-ENI-Hours", "Hrs", monthHours()),
  ]),
];

/** A transit gateway is attached to a Direct Connect gateway, and pays for that; a virtual private gateway does not. */
function associationCharges(association: ResourceReader) {
  const path = "associated_gateway_id";
  const isNamed = (type: string, prefix: string) =>
    association.related(path, type) !== null ||
    (!association.isUnknown(path) && (association.text(path) ?? "").startsWith(prefix));
  if (isNamed("aws_ec2_transit_gateway", "tgw-")) return transitGatewayCharges("TransitGatewayDirectConnect");
  if (isNamed("aws_vpn_gateway", "vgw-")) return [];
  throw new UnknownValueError(path, "is of a gateway that is not in the plan");
}

function endpointCharges(endpoint: ResourceReader) {
  const type = endpoint.text("vpc_endpoint_type") ?? "Gateway";
  if (type === "Gateway") return [];
  if (type === "Interface") {
    // An elastic network interface in each subnet.
    return ofEndpoint("Interface", "VpcEndpoint", Math.max(1, endpoint.count("subnet_ids")));
  }
  if (type === "GatewayLoadBalancer") return ofEndpoint(type, "VpcEndpoint-GWLBE", 1);
  throw new UnknownValueError("vpc_endpoint_type", `is ${type}, which has no price model`);
}

const ofEndpoint = (type: string, family: string, interfaces: number) => [
  monthly(`Endpoint, ${type}`, "AmazonVPC", `${family}-Hours`, "Hrs", monthHours(interfaces)),
  monthly(
    "Data processed",
    "AmazonVPC",
    `${family}-Bytes`,
    "GB",
    usage(DATA_PROCESSED, { hoursFamily: `${family}-Hours` }),
  ),
];

const attachment = (operation: string) =>
  monthly("Transit gateway attachment", "AmazonVPC", "TransitGateway-Hours", "Hrs", monthHours(), operation);

const transitGatewayCharges = (operation: string) => [
  attachment(operation),
  monthly(
    "Data processed",
    "AmazonVPC",
    "TransitGateway-Bytes",
    "GB",
    usage(DATA_PROCESSED, { hoursFamily: "TransitGateway-Hours" }),
    operation,
  ),
];

/** Whether an attribute that has no default is set, by a value that may be known only after the apply. */
const isGiven = (resource: ResourceReader, path: string) =>
  resource.isUnknown(path) || (resource.text(path) ?? "") !== "";
