import { monthly, usage } from "../charge.ts";
import type { ResourceCharge, ResourceType } from "../resource-type.ts";
import { volumeCharges } from "./ebs-volume-charges.ts";

/** Snapshots are incremental: what one stores is not in a plan. */
const snapshotCharges = (): readonly ResourceCharge[] => [
  monthly("Snapshot storage", "AmazonEC2", "EBS:SnapshotUsage", "GB-Mo", usage("size_gb")),
];

const snapshot = (type: string): ResourceType => ({ type, isFree: false, charges: snapshotCharges });

export const ebsTypes: readonly ResourceType[] = [
  {
    type: "aws_ebs_volume",
    isFree: false,
    charges: (resource) =>
      volumeCharges(resource, "Storage", {
        size: "size",
        type: "type",
        iops: "iops",
        throughput: "throughput",
      }),
  },
  snapshot("aws_ebs_snapshot"),
  snapshot("aws_ebs_snapshot_copy"),
  snapshot("aws_ebs_snapshot_import"),
  // An image costs what its snapshots store.
  snapshot("aws_ami"),
  snapshot("aws_ami_copy"),
  snapshot("aws_ami_from_instance"),
];
