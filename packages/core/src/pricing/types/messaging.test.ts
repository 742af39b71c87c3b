import { describe, expect, it } from "vitest";
import { publishedCost } from "../testing/published-cost.ts";

const delivery = {
  extended_s3_configuration: [{ data_format_conversion_configuration: [{ enabled: true }] }],
  elasticsearch_configuration: [{ vpc_config: [{ subnet_ids: ["a", "b"] }] }],
};
const provisioned = { shard_count: 4, stream_mode_details: [{ stream_mode: "PROVISIONED" }] };

// Costs of infracost's tests at commit 95ba4f49a (internal/providers/terraform/aws/testdata/NAME_test/NAME_test.golden).
describe("messages cost what is published", () => {
  it.each([
    ["aws_sqs_queue", {}, { monthly_requests: 2_000_000 }, "0.80"],
    ["aws_sqs_queue", { fifo_queue: true }, { monthly_requests: 1_000_000 }, "0.50"],
    ["aws_sns_topic", {}, { monthly_requests: 2_000_000 }, "0.50"], // the first million is free
    [
      "aws_sns_topic",
      { fifo_topic: true },
      { monthly_requests: 2_000_000, monthly_published_gb: 128 },
      "2.78",
    ],
    ["aws_sns_topic_subscription", { protocol: "https" }, { monthly_requests: 200_000 }, "0.06"],
    ["aws_sns_topic_subscription", { protocol: "email" }, { monthly_requests: 300_000 }, "5.98"],
    ["aws_sns_topic_subscription", { protocol: "firehose" }, { monthly_requests: 4_000_000 }, "0.76"],
    ["aws_sns_topic_subscription", { protocol: "application" }, { monthly_requests: 5_000_000 }, "2.50"],
    ["aws_sns_topic_subscription", { protocol: "sqs" }, {}, "free"],
    ["aws_sns_topic_subscription", { protocol: "sms" }, { monthly_requests: 100 }, "usage-based"],
    ["aws_cloudwatch_event_bus", {}, { monthly_custom_events: 1_000_000 }, "1.00"],
    [
      "aws_cloudwatch_event_archive",
      {},
      { monthly_archive_processing_gb: 100, archive_storage_gb: 200 },
      "14.60",
    ], // 10.00 + 4.60
    ["aws_kinesis_stream", provisioned, { monthly_provisioned_put_units: 6_500_000 }, "43.89"], // 43.80 + 0.091
    [
      "aws_kinesis_stream",
      { stream_mode_details: [{ stream_mode: "ON_DEMAND" }] },
      { monthly_on_demand_data_in_gb: 0.2, monthly_on_demand_data_out_gb: 0.2 },
      "29.22",
    ], // 29.20 + 0.016 + 0.008
  ] as const)("%s %o with %o: $%s", (type, after, usage, cost) => {
    expect(publishedCost({ type, after, usage })).toBe(cost);
  });

  it.each([
    [{}, 3_000_000, "86848.00"], // 17,920 + 46,080 + 22,848
    [delivery, 7_000_000, "399864.06"], // 182,848 ingested, 147,000 converted, 70,000 and 16.06 to a VPC
  ])("prices a delivery stream in eu-west-2: %o, %d GB", (after, monthly_data_ingested_gb, cost) => {
    const type = "aws_kinesis_firehose_delivery_stream";
    expect(publishedCost({ type, after, usage: { monthly_data_ingested_gb }, region: "eu-west-2" })).toBe(
      cost,
    );
  });

  it("charges a stream for shards that keep records longer than a day", () => {
    const after = { ...provisioned, retention_period: 48 };
    const usage = { monthly_provisioned_put_units: 0 };
    expect(publishedCost({ type: "aws_kinesis_stream", after, usage })).toBe("102.20"); // 43.80 + 2,920 × 0.02
  });

  it("prices a FIFO topic in eu-west-1", () => {
    const usage = { monthly_requests: 1_000_000, monthly_published_gb: 1 };
    const after = { fifo_topic: true };
    expect(publishedCost({ type: "aws_sns_topic", after, usage, region: "eu-west-1" })).toBe("0.35"); // 0.33 + 0.0187
  });
});
