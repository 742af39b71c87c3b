import { fixed, HOURS_A_MONTH, monthHours, monthly, usage } from "../charge.ts";
import type { ResourceReader } from "../resource-type.ts";
import { UnknownValueError } from "../unknown-value.ts";
import { chargedType } from "./charged-type.ts";

export const kinesisTypes = [
  chargedType("aws_kinesis_stream", (stream) =>
    stream.text("stream_mode_details.0.stream_mode") === "ON_DEMAND"
      ? onDemandCharges()
      : shardCharges(stream),
  ),
  chargedType("aws_kinesis_firehose_delivery_stream", deliveryCharges),
];

const of = (name: string, family: string, unit: string, key: string, hoursFamily: string) =>
  monthly(name, "AmazonKinesis", family, unit, usage(key, { hoursFamily }));

const onDemandCharges = () => [
  monthly("Stream, on demand", "AmazonKinesis", "OnDemand-StreamHour", "StreamHr", monthHours()),
  of("Data in", "OnDemand-BilledIncomingBytes", "GB", "monthly_on_demand_data_in_gb", "OnDemand-StreamHour"),
  of(
    "Data out",
    "OnDemand-BilledOutgoingBytes",
    "GB",
    "monthly_on_demand_data_out_gb",
    "OnDemand-StreamHour",
  ),
];

/** A day of retention is part of a shard's price. */
const RETENTION_INCLUDED_HOURS = 24;

function shardCharges(stream: ResourceReader) {
  const shards = stream.number("shard_count");
  if (shards === null) throw new UnknownValueError("shard_count", "is not set");
  const shardHours = fixed(shards, HOURS_A_MONTH);
  const isExtended =
    (stream.number("retention_period") ?? RETENTION_INCLUDED_HOURS) > RETENTION_INCLUDED_HOURS;
  return [
    monthly("Shards", "AmazonKinesis", "Storage-ShardHour", "ShardHour", shardHours),
    ...(isExtended
      ? [monthly("Extended retention", "AmazonKinesis", "Extended-ShardHour", "ShardHour", shardHours)]
      : []),
    of(
      "Put request units",
      "PutRequestPayloadUnits",
      "PutRequest",
      "monthly_provisioned_put_units",
      "Storage-ShardHour",
    ),
  ];
}

const INGESTED = "monthly_data_ingested_gb";

function deliveryCharges(stream: ResourceReader) {
  const charge = (name: string, family: string) =>
    monthly(name, "AmazonKinesisFirehose", family, "GB", usage(INGESTED));
  const s3 = "extended_s3_configuration.0";
  const isConverted =
    stream.count(`${s3}.data_format_conversion_configuration`) > 0 &&
    (stream.flag(`${s3}.data_format_conversion_configuration.0.enabled`) ?? true);
  const subnets = ["elasticsearch", "opensearch", "opensearchserverless"]
    .map((target) => `${target}_configuration.0.vpc_config.0.subnet_ids`)
    .map((path) => stream.count(path))
    .reduce((one, other) => one + other, 0);
  return [
    charge("Data ingested", "BilledBytes"),
    ...(isConverted ? [charge("Format conversion", "DataFormatConversion-Bytes")] : []),
    ...(subnets > 0
      ? [
          charge("Data delivered to a VPC", "VpcBandwidth-Bytes"),
          monthly("Delivery to a VPC", "AmazonKinesisFirehose", "RunVpcInstance", "Hrs", monthHours(subnets)),
        ]
      : []),
  ];
}
