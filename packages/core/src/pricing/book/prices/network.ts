import { bookEntries, infracostGolden } from "./book-entries.ts";

/** NAT gateways, load balancers, endpoints, VPNs and connections. */
export const networkPrices = [
  ...bookEntries(infracostGolden("nat_gateway"), "us-east-1", [
    ["AmazonEC2", "NatGateway-Hours", "Hrs", "0.045"],
    ["AmazonEC2", "NatGateway-Bytes", "GB", "0.045"],
  ]),
  ...bookEntries(infracostGolden("lb"), "us-east-1", [
    ["AWSELB", "LoadBalancerUsage", "Hrs", "0.0225", "LoadBalancing:Application"],
    ["AWSELB", "LCUUsage", "LCU-Hrs", "0.008", "LoadBalancing:Application"],
    ["AWSELB", "LoadBalancerUsage", "Hrs", "0.0225", "LoadBalancing:Network"],
    ["AWSELB", "LCUUsage", "LCU-Hrs", "0.006", "LoadBalancing:Network"],
  ]),
  ...bookEntries(infracostGolden("elb"), "us-east-1", [
    ["AWSELB", "LoadBalancerUsage", "Hrs", "0.025", "LoadBalancing"],
    ["AWSELB", "DataProcessing-Bytes", "GB", "0.008", "LoadBalancing"],
  ]),
  ...bookEntries(infracostGolden("vpc_endpoint"), "us-east-1", [
    ["AmazonVPC", "VpcEndpoint-Hours", "Hrs", "0.01"],
    [
      "AmazonVPC",
      "VpcEndpoint-Bytes",
      "GB",
      [
        ["0", "0.01"],
        ["1000000", "0.006"],
        ["5000000", "0.004"],
      ],
    ],
    ["AmazonVPC", "VpcEndpoint-GWLBE-Hours", "Hrs", "0.01"],
    ["AmazonVPC", "VpcEndpoint-GWLBE-Bytes", "GB", "0.0035"],
  ]),
  ...bookEntries(infracostGolden("dx_gateway_association"), "us-east-1", [
    ["AmazonVPC", "TransitGateway-Hours", "Hrs", "0.05", "TransitGatewayDirectConnect"],
    ["AmazonVPC", "TransitGateway-Bytes", "GB", "0.02", "TransitGatewayDirectConnect"],
  ]),
  ...bookEntries(infracostGolden("ec2_transit_gateway_vpc_attachment"), "us-east-1", [
    ["AmazonVPC", "TransitGateway-Hours", "Hrs", "0.05", "TransitGatewayVPC"],
    ["AmazonVPC", "TransitGateway-Bytes", "GB", "0.02", "TransitGatewayVPC"],
  ]),
  ...bookEntries(infracostGolden("ec2_transit_gateway_peering_attachment"), "us-east-1", [
    ["AmazonVPC", "TransitGateway-Hours", "Hrs", "0.05", "TransitGatewayPeering"],
  ]),
  ...bookEntries(infracostGolden("vpn_connection"), "us-east-1", [
    ["AmazonVPC", "VPN-Usage-Hours:ipsec.1", "Hrs", "0.05"],
    ["AmazonVPC", "TransitGateway-Hours", "Hrs", "0.05", "TransitGatewayVPN"],
    ["AmazonVPC", "TransitGateway-Bytes", "GB", "0.02", "TransitGatewayVPN"],
  ]),
  ...bookEntries(infracostGolden("ec2_client_vpn_endpoint"), "us-east-1", [
    ["AmazonVPC", "ClientVPN-ConnectionHours", "Hrs", "0.05"],
  ]),
  ...bookEntries(infracostGolden("ec2_client_vpn_network_association"), "us-east-1", [
    ["AmazonVPC", "ClientVPN-EndpointHours", "Hrs", "0.1"],
  ]),
  ...bookEntries(infracostGolden("ec2_traffic_mirror_session"), "us-east-1", [
    ["AmazonVPC", "VPC-TrafficMirroring-ENI-Hours", "Hrs", "0.015"],
  ]),
  ...bookEntries(infracostGolden("networkfirewall_firewall"), "us-east-1", [
    ["AWSNetworkFirewall", "Endpoint-Hour", "Hrs", "0.395"],
    ["AWSNetworkFirewall", "Traffic-GB-Processed", "GB", "0.065"],
  ]),
  ...bookEntries(infracostGolden("global_accelerator"), "global", [
    ["AWSGlobalAccelerator", "FixedFee", "Hrs", "0.025"],
  ]),
  ...bookEntries(infracostGolden("dx_connection"), "us-east-1", [
    ["AWSDirectConnect", "PortUsage:1Gbps", "Hrs", "0.3"],
  ]),
];
