/**
 * SQL for Cost Explorer's SERVICE. It is the product's name, with two differences. Tax has a service of its own, `Tax`,
 * whatever it is levied on. And EC2 has two services: hours of instances and hosts, however they are bought, are
 * `Amazon Elastic Compute Cloud - Compute`; everything else of the product (volumes, snapshots, NAT gateways, transfer,
 * addresses, CPU credits) is `EC2 - Other`. Both have the product code AmazonEC2, so the usage type decides.
 * A charge of EC2 without a usage type (a credit, a refund) counts as instances.
 * Source: AWS's Cost Management user guide on EC2 - Other; usage types as EC2's price list spells them.
 */
export function serviceSql(charge: {
  readonly isTax: string;
  readonly isEc2: string;
  readonly usageType: string;
  readonly product: string;
}): string {
  return `CASE
    WHEN ${charge.isTax} THEN 'Tax'
    WHEN NOT coalesce(${charge.isEc2}, false) THEN coalesce(${charge.product}, 'NoService')
    WHEN coalesce(regexp_matches(${charge.usageType}, '${INSTANCE_HOURS}'), true) THEN 'Amazon Elastic Compute Cloud - Compute'
    ELSE 'EC2 - Other' END`;
}

/** `BoxUsage`, `EUC1-SpotUsage:m5.large`, `USE2-HostUsage:c5`: with or without a region, with or without an instance type. */
const INSTANCE_HOURS =
  "(^|-)(BoxUsage|SpotUsage|DedicatedUsage|DedicatedRes|HostUsage|HostBoxUsage|ReservedHostUsage|SchedUsage|UnusedBox|UnusedDed|UnusedSched|HeavyUsage|MediumUsage|LightUsage)(:|$)";
