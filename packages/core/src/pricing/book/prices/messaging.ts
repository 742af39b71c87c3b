import { bookEntries, infracostGolden } from "./book-entries.ts";

/** Queues, topics, events and streams. */
export const messagingPrices = [
  ...bookEntries(infracostGolden("sqs_queue"), "us-east-1", [
    ["AWSQueueService", "Requests-RBP", "Requests", "0.0000004"],
    ["AWSQueueService", "Requests-FIFO-RBP", "Requests", "0.0000005"],
  ]),
  ...bookEntries(infracostGolden("sns_topic"), "us-east-1", [
    [
      "AmazonSNS",
      "Requests-Tier1",
      "Requests",
      [
        ["0", "0"],
        ["1000000", "0.0000005"],
      ],
    ],
    [
      "AmazonSNS",
      "DeliveryAttempts-HTTP",
      "Notifications",
      [
        ["0", "0"],
        ["100000", "0.0000006"],
      ],
    ],
    [
      "AmazonSNS",
      "DeliveryAttempts-SMTP",
      "Notifications",
      [
        ["0", "0"],
        ["1000", "0.00002"],
      ],
    ],
    ["AmazonSNS", "DeliveryAttempts-FIREHOSE", "Notifications", "0.00000019"],
    ["AmazonSNS", "DeliveryAttempts-APNS", "Notifications", "0.0000005"],
    ["AmazonSNS", "F-Request-Tier1", "Requests", "0.0000003"],
    ["AmazonSNS", "F-Ingress-Tier1", "GB", "0.017"],
    ["AmazonSNS", "F-DA-SQS", "Notifications", "0.00000001"],
    ["AmazonSNS", "F-Egress-SQS", "GB", "0.001"],
  ]),
  ...bookEntries(infracostGolden("sns_topic"), "eu-west-1", [
    [
      "AmazonSNS",
      "Requests-Tier1",
      "Requests",
      [
        ["0", "0"],
        ["1000000", "0.0000005"],
      ],
    ],
    ["AmazonSNS", "F-Request-Tier1", "Requests", "0.00000033"],
    ["AmazonSNS", "F-Ingress-Tier1", "GB", "0.0187"],
  ]),
  ...bookEntries(infracostGolden("cloudwatch_event_bus"), "us-east-1", [
    ["AWSEvents", "Event-64K-Chunks", "Events", "0.000001", "PutEvents"],
    ["AWSEvents", "ArchivedEvents-Bytes", "GB", "0.1"],
    ["AWSEvents", "TimedStorage-ByteHrs", "GB-Mo", "0.023"],
  ]),
  ...["us-east-1", "us-east-2"].flatMap((region) =>
    bookEntries(infracostGolden("kinesis_stream"), region, [
      ["AmazonKinesis", "OnDemand-StreamHour", "StreamHr", "0.04"],
      ["AmazonKinesis", "OnDemand-BilledIncomingBytes", "GB", "0.08"],
      ["AmazonKinesis", "OnDemand-BilledOutgoingBytes", "GB", "0.04"],
      ["AmazonKinesis", "Storage-ShardHour", "ShardHour", "0.015"],
      ["AmazonKinesis", "Extended-ShardHour", "ShardHour", "0.02"],
      ["AmazonKinesis", "PutRequestPayloadUnits", "PutRequest", "0.000000014"],
    ]),
  ),
  ...bookEntries(infracostGolden("kinesis_firehose_delivery_stream"), "eu-west-2", [
    [
      "AmazonKinesisFirehose",
      "BilledBytes",
      "GB",
      [
        ["0", "0.035"],
        ["512000", "0.03"],
        ["2048000", "0.024"],
      ],
    ],
    ["AmazonKinesisFirehose", "DataFormatConversion-Bytes", "GB", "0.021"],
    ["AmazonKinesisFirehose", "VpcBandwidth-Bytes", "GB", "0.01"],
    ["AmazonKinesisFirehose", "RunVpcInstance", "Hrs", "0.011"],
  ]),
];
