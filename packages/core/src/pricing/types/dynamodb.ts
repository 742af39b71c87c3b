import { monthHours, monthly, usage } from "../charge.ts";
import type { ChargeQuantity, ResourceCharge, ResourceReader, ResourceType } from "../resource-type.ts";
import { chargedType } from "./charged-type.ts";
import { requiredNumber } from "./required.ts";

/**
 * Capacity of the table and of its indexes, or requests. The billing mode decides first: a table that was changed to on-demand
 * still states the capacities it had.
 */
function tableCharges(table: ResourceReader): readonly ResourceCharge[] {
  const isOnDemand = table.text("billing_mode") === "PAY_PER_REQUEST";
  // A usage type of the infrequent access class begins so.
  const prefix = table.text("table_class") === "STANDARD_INFREQUENT_ACCESS" ? "IA-" : "";
  const dynamo = (name: string, family: string, unit: string, quantity: ChargeQuantity) =>
    monthly(name, "AmazonDynamoDB", `${prefix}${family}`, unit, quantity);
  const throughput = isOnDemand
    ? [
        dynamo(
          "Write requests",
          "WriteRequestUnits",
          "WriteRequestUnits",
          usage("monthly_write_request_units"),
        ),
        dynamo("Read requests", "ReadRequestUnits", "ReadRequestUnits", usage("monthly_read_request_units")),
      ]
    : [
        dynamo(
          "Write capacity",
          "WriteCapacityUnit-Hrs",
          "WriteCapacityUnit-Hrs",
          monthHours(capacity(table, "write_capacity")),
        ),
        dynamo(
          "Read capacity",
          "ReadCapacityUnit-Hrs",
          "ReadCapacityUnit-Hrs",
          monthHours(capacity(table, "read_capacity")),
        ),
      ];
  const recovery = table.flag("point_in_time_recovery.0.enabled") === true;
  return [
    ...throughput,
    ...replicaCharges(table, isOnDemand, prefix),
    dynamo("Storage", "TimedStorage-ByteHrs", "GB-Mo", usage("storage_gb")),
    ...(recovery
      ? [
          monthly(
            "Point-in-time recovery",
            "AmazonDynamoDB",
            "TimedPITRStorage-ByteHrs",
            "GB-Mo",
            usage("pitr_backup_storage_gb"),
          ),
        ]
      : []),
  ];
}

/** Of the table and of its global secondary indexes, which have their own. */
function capacity(table: ResourceReader, path: "write_capacity" | "read_capacity"): number {
  const indexes = Array.from({ length: table.count("global_secondary_index") }, (_, at) =>
    requiredNumber(table, `global_secondary_index.${at}.${path}`),
  );
  return indexes.reduce((sum, one) => sum + one, requiredNumber(table, path));
}

/** A replica is charged in its own region. */
function replicaCharges(
  table: ResourceReader,
  isOnDemand: boolean,
  prefix: string,
): readonly ResourceCharge[] {
  const regions = Array.from({ length: table.count("replica") }, (_, at) =>
    table.text(`replica.${at}.region_name`),
  );
  return regions.flatMap((region) => {
    if (region === null) return [];
    const family = `${prefix}${isOnDemand ? "ReplWriteRequestUnits" : "ReplWriteCapacityUnit-Hrs"}`;
    const quantity = isOnDemand
      ? usage("monthly_write_request_units")
      : monthHours(capacity(table, "write_capacity"));
    const unit = isOnDemand ? "ReplicatedWriteRequestUnits" : "ReplicatedWriteCapacityUnit-Hrs";
    const charge = monthly(`Replicated writes, ${region}`, "AmazonDynamoDB", family, unit, quantity);
    return [{ ...charge, key: { ...charge.key, region } }];
  });
}

export const dynamodbTypes: readonly ResourceType[] = [chargedType("aws_dynamodb_table", tableCharges)];
