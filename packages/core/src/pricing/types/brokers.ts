import { fixed, monthHours, monthly, usage } from "../charge.ts";
import type { ResourceCharge, ResourceReader, ResourceType } from "../resource-type.ts";
import { UnknownValueError } from "../unknown-value.ts";
import { chargedType } from "./charged-type.ts";
import { requiredNumber, requiredText } from "./required.ts";

function kafkaCharges(cluster: ResourceReader): readonly ResourceCharge[] {
  const brokers = requiredNumber(cluster, "number_of_broker_nodes");
  const type = requiredText(cluster, "broker_node_group_info.0.instance_type");
  const family = `Kafka.${type.replace(/^kafka\./, "")}`;
  const hours = monthly(`${brokers} brokers, ${type}`, "AmazonMSK", family, "hours", monthHours(brokers));
  // Express brokers have no volumes: what they store is charged by use.
  if (type.startsWith("express.")) {
    return [hours, monthly("Storage", "AmazonMSK", "Kafka.Storage.Express", "GB-Mo", usage("storage_gb"))];
  }
  const size = requiredNumber(
    cluster,
    "broker_node_group_info.0.storage_info.0.ebs_storage_info.0.volume_size",
  );
  return [hours, monthly("Storage", "AmazonMSK", "Kafka.Storage.GP2", "GB-Mo", fixed(size, brokers))];
}

/** What a bill calls the brokers of an engine in a deployment mode: a cluster of three is one unit. */
function brokerFamily(engine: string, mode: string): string {
  const known: Readonly<Record<string, string>> = {
    "activemq single_instance": "ActiveMQ",
    "activemq active_standby_multi_az": "ActiveMQ-Multi",
    "rabbitmq single_instance": "RabbitMQ",
    "rabbitmq cluster_multi_az": "RabbitMQ-3",
  };
  const name = `${engine} ${mode}`.toLowerCase();
  const family = Object.hasOwn(known, name) ? known[name] : undefined;
  if (family === undefined) {
    throw new UnknownValueError(
      "deployment_mode",
      `is ${mode.slice(0, 60)} of ${engine.slice(0, 60)}, which has no price model`,
    );
  }
  return family;
}

function mqCharges(broker: ResourceReader): readonly ResourceCharge[] {
  const engine = requiredText(broker, "engine_type");
  const mode = broker.text("deployment_mode") ?? "SINGLE_INSTANCE";
  const type = requiredText(broker, "host_instance_type");
  const family = `${brokerFamily(engine, mode)}-InstanceUsage:${type}`;
  const isRabbit = engine.toLowerCase() === "rabbitmq";
  const storage = isRabbit
    ? "TimedStorage-RabbitMQ-ByteHrs"
    : broker.text("storage_type")?.toLowerCase() === "ebs"
      ? "TimedStorage-EBS-ByteHrs"
      : "TimedStorage-ByteHrs";
  const nodes = mode.toUpperCase() === "CLUSTER_MULTI_AZ" ? 3 : 1;
  return [
    monthly(`Broker, ${engine}, ${type}`, "AmazonMQ", family, "Hrs", monthHours()),
    monthly("Storage", "AmazonMQ", storage, "GB-Mo", usage("storage_size_gb", { times: [nodes] })),
  ];
}

export const brokerTypes: readonly ResourceType[] = [
  chargedType("aws_msk_cluster", kafkaCharges),
  chargedType("aws_mq_broker", mqCharges),
];
