import { bookEntries, infracostGolden } from "./book-entries.ts";

/** EKS, Fargate of ECS and EKS, and Lambda. */
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
  ...bookEntries(infracostGolden("lambda_function"), "us-east-1", [
    ["AWSLambda", "Request", "Requests", "0.0000002"],
    ["AWSLambda", "Request-ARM", "Requests", "0.0000002"],
    [
      "AWSLambda",
      "Lambda-GB-Second",
      "Lambda-GB-Second",
      [
        ["0", "0.0000166667"],
        ["6000000000", "0.000015"],
        ["15000000000", "0.0000133334"],
      ],
    ],
    [
      "AWSLambda",
      "Lambda-GB-Second-ARM",
      "Lambda-GB-Second",
      [
        ["0", "0.0000133334"],
        ["7500000000", "0.0000120001"],
        ["18750000000", "0.0000106667"],
      ],
    ],
    ["AWSLambda", "Lambda-Storage-GB-Second", "GB-Seconds", "0.0000000309"],
  ]),
  ...bookEntries(infracostGolden("lambda_provisioned_concurrency_config"), "us-east-1", [
    ["AWSLambda", "Lambda-Provisioned-Concurrency-ARM", "Lambda-GB-Second", "0.0000033334"],
  ]),
  ...bookEntries({ source: "https://aws.amazon.com/lambda/pricing/", date: "2026-09-28" }, "us-east-1", [
    ["AWSLambda", "Lambda-Provisioned-Concurrency", "Lambda-GB-Second", "0.0000041667"],
  ]),
];
