import type { Instant } from "@dapanoskop/core/calendar";
import { hoursBefore } from "./demo-plans.ts";
import { type DemoChange, planJson, update } from "./plan-json.ts";

/** A scan of a project for drift, or why it failed. */
export interface DemoDriftScan {
  readonly project: string;
  readonly scannedAt: Instant;
  readonly result: { readonly json: Uint8Array } | { readonly failure: string };
}

/**
 * The nightly scans of the four days before a time: an instance that somebody enlarged by hand, a tag that moves cost, a
 * security group that was repaired since, a project without drift, and one whose scan fails.
 */
export function demoDriftScans(at: Instant): readonly DemoDriftScan[] {
  const nights = [3, 2, 1, 0].map((daysAgo) => hoursBefore(at, 24 * daysAgo + 4));
  const found: readonly (readonly DemoChange[])[] = [
    [openPort],
    [openPort, enlarged],
    [enlarged, retagged, patched],
    [enlarged, retagged, patched],
  ];
  const scan = (project: string, scannedAt: Instant, drift: readonly DemoChange[]): DemoDriftScan => ({
    project,
    scannedAt,
    result: { json: planJson({ at: scannedAt, changes: null, drift }) },
  });
  return nights.flatMap((night, at) => [
    scan("storefront", night, found[at] ?? []),
    scan("logistics", night, []),
    at < 2
      ? scan("data-platform", night, [lostDisk])
      : {
          project: "data-platform",
          scannedAt: night,
          result: { failure: "terraform plan failed: the role of the pipeline has expired credentials." },
        },
  ]);
}

const server = {
  ami: "ami-0c9354388bb36c088",
  instance_type: "c6i.xlarge",
  ebs_optimized: true,
  monitoring: false,
};

const enlarged = update('aws_instance.web["c"]', "storefront-web", server, { instance_type: "c6i.2xlarge" });

const retagged = update("aws_instance.images", "catalog-images", server, {
  tags: { App: "loyalty" },
  tags_all: { App: "loyalty" },
});

const patched = update('aws_instance.web["a"]', "storefront-web", server, {
  tags: { App: "storefront-web", LastPatched: "2026-03-01" },
  tags_all: { App: "storefront-web", LastPatched: "2026-03-01" },
});

const openPort = update(
  "aws_security_group.web",
  "storefront-web",
  { name: "web", description: "The shop", ingress: [] },
  { ingress: [{ from_port: 22, to_port: 22, protocol: "tcp", cidr_blocks: ["0.0.0.0/0"] }] },
);

const lostDisk: DemoChange = {
  address: "aws_ebs_volume.staging",
  actions: ["delete"],
  before: {
    availability_zone: "eu-central-1a",
    size: 600,
    type: "gp3",
    iops: 3000,
    throughput: 125,
    tags: { App: "etl-nightly" },
    tags_all: { App: "etl-nightly" },
  },
  after: null,
};
