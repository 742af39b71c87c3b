import { monthly, usage } from "../charge.ts";
import type { ResourceReader } from "../resource-type.ts";
import { chargedType } from "./charged-type.ts";

export const messagingTypes = [
  chargedType("aws_sqs_queue", (queue) => {
    const family = queue.flag("fifo_queue") === true ? "Requests-FIFO-RBP" : "Requests-RBP";
    return [monthly("Requests", "AWSQueueService", family, "Requests", usage("monthly_requests"))];
  }),
  chargedType("aws_sns_topic", (topic) =>
    topic.flag("fifo_topic") === true
      ? [
          sns("Publish requests", "F-Request-Tier1", "Requests", "monthly_requests"),
          sns("Published data", "F-Ingress-Tier1", "GB", "monthly_published_gb"),
        ]
      : [sns("Requests", "Requests-Tier1", "Requests", "monthly_requests")],
  ),
  chargedType("aws_sns_topic_subscription", deliveryCharges),
  chargedType("aws_cloudwatch_event_bus", () => [
    events("Custom events", "Event-64K-Chunks", "Events", "monthly_custom_events", "PutEvents"),
  ]),
  chargedType("aws_cloudwatch_event_archive", () => [
    events("Archived events", "ArchivedEvents-Bytes", "GB", "monthly_archive_processing_gb"),
    events("Archive storage", "TimedStorage-ByteHrs", "GB-Mo", "archive_storage_gb"),
  ]),
];

const sns = (name: string, family: string, unit: string, key: string) =>
  monthly(name, "AmazonSNS", family, unit, usage(key));

const events = (name: string, family: string, unit: string, key: string, operation: string | null = null) =>
  monthly(name, "AWSEvents", family, unit, usage(key), operation);

/** Families of deliveries by protocol. Deliveries of a standard topic to SQS and Lambda cost nothing; texts cost by country. */
const DELIVERIES: Readonly<Record<string, string>> = {
  http: "DeliveryAttempts-HTTP",
  https: "DeliveryAttempts-HTTP",
  email: "DeliveryAttempts-SMTP",
  "email-json": "DeliveryAttempts-SMTP",
  sms: "DeliveryAttempts-SMS",
  firehose: "DeliveryAttempts-FIREHOSE",
  application: "DeliveryAttempts-APNS",
};

function deliveryCharges(subscription: ResourceReader) {
  const topic = subscription.related("topic_arn", "aws_sns_topic");
  const protocol = subscription.text("protocol") ?? "";
  if (topic?.flag("fifo_topic") === true) {
    return [
      sns("Deliveries", "F-DA-SQS", "Notifications", "monthly_requests"),
      sns("Delivered data", "F-Egress-SQS", "GB", "monthly_delivered_gb"),
    ];
  }
  const family = Object.hasOwn(DELIVERIES, protocol) ? DELIVERIES[protocol] : undefined;
  return family === undefined
    ? []
    : [sns(`Deliveries, ${protocol}`, family, "Notifications", "monthly_requests")];
}
