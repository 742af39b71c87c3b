import { fixed, HOURS_A_MONTH, monthHours, monthly, usage } from "../charge.ts";
import type { ResourceCharge, ResourceReader, ResourceType } from "../resource-type.ts";
import { chargedType } from "./charged-type.ts";
import { blockPaths, volumeCharges } from "./ebs-volume-charges.ts";
import { instanceHours } from "./instance-charges.ts";
import { requiredNumber, requiredText } from "./required.ts";

function redshiftCharges(cluster: ResourceReader): readonly ResourceCharge[] {
  const type = requiredText(cluster, "node_type");
  const nodes = cluster.number("number_of_nodes") ?? 1;
  return [
    monthly(`${nodes} × node, ${type}`, "AmazonRedshift", `Node:${type}`, "Hrs", monthHours(nodes)),
    // RA3 nodes keep data in managed storage, older ones on their own disks.
    ...(type.startsWith("ra3.")
      ? [monthly("Managed storage", "AmazonRedshift", `RMS:${type}`, "GB-Mo", usage("managed_storage_gb"))]
      : []),
    monthly(
      "Additional backup storage",
      "AmazonRedshift",
      "PaidSnapshots",
      "GB-Mo",
      usage("backup_storage_gb", { isIncluded: true }),
    ),
  ];
}

/** The instances of an endpoint stand in its configuration, which is priced as one endpoint. */
function endpointCharges(config: ResourceReader): readonly ResourceCharge[] {
  config.note("Priced as one endpoint with this configuration.");
  return Array.from(
    { length: config.count("production_variants") },
    (_, at) => `production_variants.${at}`,
  ).flatMap((variant) => {
    if (config.count(`${variant}.serverless_config`) > 0) {
      return [
        monthly(
          "Serverless inference",
          "AmazonSageMaker",
          "ServerlessInf:Mem",
          "Seconds",
          usage("monthly_inference_seconds"),
        ),
      ];
    }
    const type = requiredText(config, `${variant}.instance_type`);
    const count = requiredNumber(config, `${variant}.initial_instance_count`);
    return [
      monthly(
        `${count} × endpoint instance, ${type}`,
        "AmazonSageMaker",
        `Host:${type}`,
        "Hrs",
        monthHours(count),
      ),
    ];
  });
}

function notebookCharges(notebook: ResourceReader): readonly ResourceCharge[] {
  const type = requiredText(notebook, "instance_type");
  const size = requiredNumber(notebook, "volume_size");
  notebook.note("Priced as running all month.");
  return [
    monthly(`Notebook, ${type}`, "AmazonSageMaker", `Notebk:${type}`, "Hrs", monthHours()),
    monthly("Notebook storage", "AmazonSageMaker", "Notebk:VolumeUsage.gp2", "GB-Mo", fixed(size)),
  ];
}

/** EMR adds a charge to each of its instances, which EC2 charges by themselves. */
function emrCharges(cluster: ResourceReader): readonly ResourceCharge[] {
  return (["master_instance_group", "core_instance_group"] as const).flatMap((name) => {
    if (cluster.count(name) === 0) return [];
    const group = `${name}.0`;
    const instanceType = requiredText(cluster, `${group}.instance_type`);
    const count = cluster.number(`${group}.instance_count`) ?? 1;
    const bid = cluster.isUnknown(`${group}.bid_price`) ? null : cluster.text(`${group}.bid_price`);
    const market = bid === null ? "on-demand" : "spot";
    const each = (quantityOfOne: number) => fixed(quantityOfOne, count);
    const disks = Array.from(
      { length: cluster.count(`${group}.ebs_config`) },
      (_, at) => `${group}.ebs_config.${at}`,
    );
    return [
      instanceHours({ instanceType, market, isDedicated: false, platform: "Linux", each }),
      monthly(
        `EMR on ${instanceType}`,
        "ElasticMapReduce",
        `BoxUsage:${instanceType}`,
        "Hrs",
        fixed(count, HOURS_A_MONTH),
      ),
      ...disks.flatMap((disk) =>
        volumeCharges(cluster, "Volume", {
          ...blockPaths(disk),
          size: `${disk}.size`,
          type: `${disk}.type`,
          each: (quantityOfOne) =>
            fixed(quantityOfOne, count, cluster.number(`${disk}.volumes_per_instance`) ?? 1),
        }),
      ),
    ];
  });
}

export const analyticsTypes: readonly ResourceType[] = [
  chargedType("aws_redshift_cluster", redshiftCharges),
  chargedType("aws_sagemaker_endpoint_configuration", endpointCharges),
  chargedType("aws_sagemaker_notebook_instance", notebookCharges),
  chargedType("aws_emr_cluster", emrCharges),
];
