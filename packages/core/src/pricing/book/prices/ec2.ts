import { bookEntries, infracostGolden } from "./book-entries.ts";

/** EBS, and what EC2 charges besides instances with Linux on demand. */
export const ec2Prices = [
  ...bookEntries(infracostGolden("ebs_volume"), "us-east-1", [
    ["AmazonEC2", "EBS:VolumeUsage.gp2", "GB-Mo", "0.1"],
    ["AmazonEC2", "EBS:VolumeUsage.gp3", "GB-Mo", "0.08"],
    ["AmazonEC2", "EBS:VolumeP-IOPS.gp3", "IOPS-Mo", "0.005"],
    // 0.04 for each MiB/s of 1,024.
    ["AmazonEC2", "EBS:VolumeP-Throughput.gp3", "GiBps-mo", "40.96"],
    ["AmazonEC2", "EBS:VolumeUsage.piops", "GB-Mo", "0.125"],
    ["AmazonEC2", "EBS:VolumeP-IOPS.piops", "IOPS-Mo", "0.065"],
    ["AmazonEC2", "EBS:VolumeUsage.io2", "GB-Mo", "0.125"],
    ["AmazonEC2", "EBS:VolumeP-IOPS.io2", "IOPS-Mo", "0.065"],
    ["AmazonEC2", "EBS:VolumeUsage.st1", "GB-Mo", "0.045"],
    ["AmazonEC2", "EBS:VolumeUsage.sc1", "GB-Mo", "0.015"],
    ["AmazonEC2", "EBS:VolumeUsage", "GB-Mo", "0.05"],
    ["AmazonEC2", "EBS:VolumeIOUsage", "IOs", "0.00000005"],
  ]),
  ...bookEntries(infracostGolden("ebs_snapshot"), "us-east-1", [
    ["AmazonEC2", "EBS:SnapshotUsage", "GB-Mo", "0.05"],
  ]),
  ...bookEntries(infracostGolden("instance"), "us-east-1", [
    ["AmazonEC2", "EBSOptimized:r3.xlarge", "Hrs", "0.02"],
    ["AmazonEC2", "CPUCredits:t2", "vCPU-Hours", "0.05"],
    ["AmazonEC2", "CPUCredits:t3", "vCPU-Hours", "0.05"],
    ["AmazonCloudWatch", "CW:MetricMonitorUsage", "Metrics", "0.3"],
  ]),
  ...bookEntries(infracostGolden("instance"), "us-east-1", [
    ["AmazonEC2", "DedicatedUsage:t3.medium", "Hrs", "0.0441", "RunInstances"],
  ]),
  ...bookEntries(infracostGolden("autoscaling_group"), "us-east-1", [
    ["AmazonEC2", "DedicatedUsage:m3.medium", "Hrs", "0.074", "RunInstances"],
  ]),
  ...bookEntries(infracostGolden("eks_node_group"), "us-east-1", [
    ["AmazonEC2", "BoxUsage:t3.medium", "Hrs", "0.06", "RunInstances:0002"],
  ]),
  ...bookEntries(
    {
      source: "https://aws.amazon.com/blogs/aws/new-aws-public-ipv4-address-charge-public-ip-insights/",
      date: "2024-02-01",
    },
    "us-east-1",
    [
      ["AmazonVPC", "PublicIPv4:InUseAddress", "Hrs", "0.005"],
      ["AmazonVPC", "PublicIPv4:IdleAddress", "Hrs", "0.005"],
    ],
  ),
];
