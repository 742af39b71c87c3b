import { fixed, monthHours, monthly, usage } from "../charge.ts";
import type { ChargeQuantity, ResourceCharge, ResourceReader, ResourceType } from "../resource-type.ts";
import { UnknownValueError } from "../unknown-value.ts";
import { chargedType } from "./charged-type.ts";
import { givenNumber, requiredNumber, requiredText } from "./required.ts";

const CLUSTER = "cluster_config.0";
const VOLUME = "ebs_options.0";

const search = (name: string, family: string, unit: string, quantity: ChargeQuantity) =>
  monthly(name, "AmazonES", family, unit, quantity);

/** A bill names an instance type without its suffix: `ESInstance:m5.large` for `m5.large.search`. */
function instances(name: string, type: string, count: number): ResourceCharge {
  const size = type.replace(/\.(?:search|elasticsearch)$/, "");
  return search(`${count} × ${name}, ${size}`, `ESInstance:${size}`, "Hrs", monthHours(count));
}

function domainCharges(domain: ResourceReader): readonly ResourceCharge[] {
  const count = domain.number(`${CLUSTER}.instance_count`) ?? 1;
  const charges = [instances("instance", requiredText(domain, `${CLUSTER}.instance_type`), count)];
  charges.push(...volumeCharges(domain, count));
  if (domain.flag(`${CLUSTER}.dedicated_master_enabled`) === true) {
    const type = requiredText(domain, `${CLUSTER}.dedicated_master_type`);
    charges.push(
      instances("dedicated master", type, requiredNumber(domain, `${CLUSTER}.dedicated_master_count`)),
    );
  }
  if (domain.flag(`${CLUSTER}.warm_enabled`) === true) {
    const type = requiredText(domain, `${CLUSTER}.warm_type`);
    charges.push(instances("UltraWarm instance", type, requiredNumber(domain, `${CLUSTER}.warm_count`)));
    charges.push(search("UltraWarm storage", "ES:Managed-Storage", "GB-Mo", usage("ultrawarm_storage_gb")));
  }
  return charges;
}

/** Each data node has a volume. */
function volumeCharges(domain: ResourceReader, nodes: number): readonly ResourceCharge[] {
  if (domain.flag(`${VOLUME}.ebs_enabled`) !== true) return [];
  const size = requiredNumber(domain, `${VOLUME}.volume_size`);
  const type = domain.text(`${VOLUME}.volume_type`) ?? "gp2";
  const storage = (family: string) => search(`Storage, ${type}`, family, "GB-Mo", fixed(size, nodes));
  switch (type) {
    case "gp2":
      return [storage("ES:GP2-Storage")];
    case "gp3":
      return [storage("ES:GP3-Storage"), ...gp3Charges(domain, size, nodes)];
    case "io1": {
      const iops = requiredNumber(domain, `${VOLUME}.iops`);
      return [storage("ES:PIOPS-Storage"), search("IOPS", "ES:PIOPS", "IOPS-Mo", fixed(iops, nodes))];
    }
    case "standard":
      return [storage("ES:Magnetic-Storage")];
    default:
      throw new UnknownValueError(
        `${VOLUME}.volume_type`,
        `is ${type.slice(0, 60)}, which has no price model`,
      );
  }
}

/**
 * gp3 includes 3,000 IOPS and 125 MiB/s, from 170 GB on 250 MiB/s, and as much again for each 3 TiB.
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/opensearchservice-limits.html
 */
function gp3Charges(domain: ResourceReader, size: number, nodes: number): readonly ResourceCharge[] {
  const steps = Math.max(1, Math.ceil(size / 3072));
  const included = { iops: 3000 * steps, throughput: size >= 170 ? 250 * steps : 125 };
  const iops = (givenNumber(domain, `${VOLUME}.iops`) ?? 0) - included.iops;
  const throughput = (domain.number(`${VOLUME}.throughput`) ?? 0) - included.throughput;
  return [
    ...(iops > 0 ? [search("IOPS", "ES:GP3-PIOPS", "IOPS-Mo", fixed(iops, nodes))] : []),
    ...(throughput > 0
      ? [search("Throughput", "ES:GP3-Provisioned-Throughput", "MiBps-Mo", fixed(throughput, nodes))]
      : []),
  ];
}

export const searchTypes: readonly ResourceType[] = [
  chargedType("aws_opensearch_domain", domainCharges),
  chargedType("aws_elasticsearch_domain", domainCharges),
];
