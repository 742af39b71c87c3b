import { bookEntries, infracostGolden } from "./book-entries.ts";

/** EKS, and Fargate of ECS and EKS. */
export const containerPrices = [
  ...bookEntries(infracostGolden("eks_cluster"), "us-east-1", [
    ["AmazonEKS", "AmazonEKS-Hours:perCluster", "Hours", "0.1"],
  ]),
  ...bookEntries(infracostGolden("ecs_service"), "us-east-1", [
    ["AmazonECS", "Fargate-vCPU-Hours:perCPU", "hours", "0.04048"],
    ["AmazonECS", "Fargate-GB-Hours", "hours", "0.004445"],
    ["AmazonEKS", "Fargate-vCPU-Hours:perCPU", "hours", "0.04048"],
    ["AmazonEKS", "Fargate-GB-Hours", "hours", "0.004445"],
  ]),
];
