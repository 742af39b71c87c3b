import { bookEntries, infracostGolden } from "./book-entries.ts";

/** NAT gateways, load balancers, endpoints. */
export const networkPrices = [
  ...bookEntries(infracostGolden("nat_gateway"), "us-east-1", [
    ["AmazonEC2", "NatGateway-Hours", "Hrs", "0.045"],
    ["AmazonEC2", "NatGateway-Bytes", "GB", "0.045"],
  ]),
];
