import { monthHours, monthly } from "../charge.ts";
import type { ResourceType } from "../resource-type.ts";

export const eksTypes: readonly ResourceType[] = [
  {
    type: "aws_eks_cluster",
    isFree: false,
    charges: () => [monthly("Cluster", "AmazonEKS", "AmazonEKS-Hours:perCluster", "Hours", monthHours())],
  },
];
