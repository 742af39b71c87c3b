import { bookEntries, infracostGolden } from "./book-entries.ts";

/** OpenSearch, brokers, Redshift, SageMaker. */
export const analyticsPrices = [
  ...bookEntries(infracostGolden("elasticsearch_domain"), "us-east-1", [
    ["AmazonES", "ESInstance:c4.2xlarge", "Hrs", "0.587"],
    ["AmazonES", "ESInstance:c4.8xlarge", "Hrs", "2.347"],
    ["AmazonES", "ESInstance:ultrawarm1.medium", "Hrs", "0.238"],
    ["AmazonES", "ES:GP2-Storage", "GB-Mo", "0.135"],
    ["AmazonES", "ES:GP3-Storage", "GB-Mo", "0.122"],
    ["AmazonES", "ES:GP3-Provisioned-Throughput", "MiBps-Mo", "0.064"],
    ["AmazonES", "ES:PIOPS-Storage", "GB-Mo", "0.169"],
    ["AmazonES", "ES:PIOPS", "IOPS-Mo", "0.088"],
    ["AmazonES", "ES:Magnetic-Storage", "GB-Mo", "0.067"],
  ]),
  ...bookEntries(infracostGolden("msk_cluster"), "us-east-1", [
    ["AmazonMSK", "Kafka.m5.24xlarge", "hours", "10.08"],
    ["AmazonMSK", "Kafka.t3.small", "hours", "0.0456"],
    ["AmazonMSK", "Kafka.Storage.GP2", "GB-Mo", "0.1"],
  ]),
  ...bookEntries(infracostGolden("mq_broker"), "us-east-1", [
    ["AmazonMQ", "ActiveMQ-InstanceUsage:mq.t2.micro", "Hrs", "0.03"],
    ["AmazonMQ", "ActiveMQ-Multi-InstanceUsage:mq.m5.large", "Hrs", "0.576"],
    ["AmazonMQ", "RabbitMQ-InstanceUsage:mq.m5.xlarge", "Hrs", "0.576"],
    ["AmazonMQ", "RabbitMQ-3-InstanceUsage:mq.m5.xlarge", "Hrs", "1.728"],
    ["AmazonMQ", "TimedStorage-ByteHrs", "GB-Mo", "0.3"],
    ["AmazonMQ", "TimedStorage-EBS-ByteHrs", "GB-Mo", "0.1"],
    ["AmazonMQ", "TimedStorage-RabbitMQ-ByteHrs", "GB-Mo", "0.1"],
  ]),
  ...bookEntries(infracostGolden("redshift_cluster"), "us-east-1", [
    ["AmazonRedshift", "Node:dc2.large", "Hrs", "0.25"],
    ["AmazonRedshift", "Node:ds2.8xlarge", "Hrs", "6.8"],
    ["AmazonRedshift", "Node:ra3.4xlarge", "Hrs", "3.26"],
    ["AmazonRedshift", "Node:ra3.16xlarge", "Hrs", "13.04"],
    ["AmazonRedshift", "RMS:ra3.4xlarge", "GB-Mo", "0.024"],
    ["AmazonRedshift", "RMS:ra3.16xlarge", "GB-Mo", "0.024"],
    [
      "AmazonRedshift",
      "PaidSnapshots",
      "GB-Mo",
      [
        ["0", "0.023"],
        ["51200", "0.022"],
        ["563200", "0.021"],
      ],
    ],
  ]),
  ...bookEntries(
    {
      source: "JHUAPL-DTC-TA2/wiki@2b481448 docs/sagemaker_instances.md",
      date: "2026-12-01",
    },
    "us-east-1",
    [
      ["AmazonSageMaker", "Host:ml.m5.large", "Hrs", "0.115"],
      ["AmazonSageMaker", "Notebk:ml.t3.medium", "Hrs", "0.05"],
    ],
  ),
];
