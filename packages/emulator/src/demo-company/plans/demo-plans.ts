import type { Instant } from "@dapanoskop/core/calendar";
import { create, type DemoChange, keep, planJson, remove, update } from "./plan-json.ts";

/** A plan that a team of the company made. */
export interface DemoPlan {
  readonly project: string;
  readonly uploadedAt: Instant;
  /** The output of `terraform show -json`. */
  readonly json: Uint8Array;
  /** What became of it; `null`: nobody said so. */
  readonly settled: "applied" | "dropped" | null;
  readonly isApproved: boolean;
}

/**
 * The plans of the company's teams in the days before a time: a campaign of the shop in two versions, a data platform that
 * saves, a plan that was applied, and one that failed.
 */
export function demoPlans(at: Instant): readonly DemoPlan[] {
  const plan = (
    project: string,
    hoursAgo: number,
    changes: readonly DemoChange[],
    more: Partial<DemoPlan> & { readonly isErrored?: boolean } = {},
  ): DemoPlan => {
    const { isErrored = false, ...own } = more;
    const uploadedAt = hoursBefore(at, hoursAgo);
    return {
      project,
      uploadedAt,
      json: planJson({ at: uploadedAt, changes, drift: [], isErrored }),
      settled: null,
      isApproved: false,
      ...own,
    };
  };
  return [
    plan("logistics", 9 * 24, tracking, { settled: "applied", isApproved: true }),
    plan("storefront", 4 * 24 + 3, [...campaign, ...secondRegion]),
    plan("storefront", 21, campaign),
    plan("data-platform", 45, fewerShards, { isApproved: true }),
    plan("machine-learning", 5, [], { isErrored: true }),
  ];
}

/** A time a whole number of hours earlier. */
export const hoursBefore = (at: Instant, hours: number): Instant =>
  new Date(Date.parse(at) - hours * 3_600_000).toISOString().replace(".000Z", "Z");

const server = {
  ami: "ami-0c9354388bb36c088",
  instance_type: "c6i.2xlarge",
  ebs_optimized: true,
  monitoring: false,
};
const disk = { availability_zone: "eu-central-1a", size: 200, type: "gp3", iops: 3000, throughput: 125 };

/** More servers for the shop's spring campaign, a larger cache, and what comes with them. */
const campaign: readonly DemoChange[] = [
  create('aws_instance.web["d"]', "storefront-web", server),
  create('aws_instance.web["e"]', "storefront-web", server),
  create('aws_ebs_volume.web["d"]', "storefront-web", disk),
  create('aws_ebs_volume.web["e"]', "storefront-web", disk),
  keep('aws_instance.web["a"]', "storefront-web", server),
  keep('aws_instance.web["b"]', "storefront-web", server),
  create("aws_lb.campaign", "storefront-web", {
    load_balancer_type: "application",
    internal: false,
    name: "campaign",
  }),
  update("aws_ebs_volume.search", "product-search", { ...disk, size: 500 }, { size: 900 }),
  create(
    "aws_lambda_function.vouchers",
    "promo-engine",
    {
      function_name: "vouchers",
      memory_size: 512,
      runtime: "nodejs20.x",
      package_type: "Zip",
    },
    { unknown: ["arn", "id", "architectures"] },
  ),
  create("aws_dynamodb_table.vouchers", "promo-engine", {
    name: "vouchers",
    billing_mode: "PAY_PER_REQUEST",
    hash_key: "code",
    table_class: null,
  }),
  create("aws_iam_role.vouchers", "promo-engine", { name: "vouchers" }),
  create(
    "aws_instance.preview",
    null,
    { ami: "ami-0c9354388bb36c088", ebs_optimized: false, monitoring: false },
    {
      unknown: ["arn", "id", "instance_type"],
    },
  ),
  update(
    "aws_cloudwatch_log_group.checkout",
    "checkout-api",
    { name: "/shop/checkout", retention_in_days: 30 },
    { retention_in_days: 14 },
    {
      previousAddress: "aws_cloudwatch_log_group.checkout_api",
    },
  ),
];

/** The first version of the campaign also had servers of its own for payments. */
const secondRegion: readonly DemoChange[] = [
  create('aws_instance.payments["a"]', "checkout-api", server),
  create('aws_instance.payments["b"]', "checkout-api", server),
];

const shards = {
  name: "clickstream",
  retention_period: 24,
  stream_mode_details: [{ stream_mode: "PROVISIONED" }],
};

/** Half of the shards of the click stream, and two disks that nothing uses. */
const fewerShards: readonly DemoChange[] = [
  update("aws_kinesis_stream.clicks", "clickstream", { ...shards, shard_count: 24 }, { shard_count: 12 }),
  remove("aws_ebs_volume.reports_old", "Zoë's Reports", { ...disk, size: 350 }),
  remove("aws_ebs_volume.scratch", "etl-nightly", { ...disk, size: 1_000 }),
  {
    address: "aws_instance.reports",
    actions: ["delete", "create"],
    before: {
      ...server,
      instance_type: "t3.medium",
      availability_zone: "eu-central-1a",
      tags: { App: "Zoë's Reports" },
      tags_all: { App: "Zoë's Reports" },
    },
    after: {
      ...server,
      instance_type: "t3.medium",
      availability_zone: "eu-central-1b",
      tags: { App: "Zoë's Reports" },
      tags_all: { App: "Zoë's Reports" },
    },
    unknown: ["arn", "id"],
    reason: "replace_because_cannot_update",
    replacePaths: [["availability_zone"]],
  },
];

/** A queue and its alarm for parcels. */
const tracking: readonly DemoChange[] = [
  create("module.parcels.aws_sqs_queue.events", "parcel-tracking", {
    name: "parcel-events",
    fifo_queue: false,
  }),
  create("module.parcels.aws_cloudwatch_metric_alarm.age", "parcel-tracking", {
    alarm_name: "parcel-events-age",
    period: 300,
    metric_name: "ApproximateAgeOfOldestMessage",
    namespace: "AWS/SQS",
  }),
  create("module.parcels.aws_ebs_volume.archive", "parcel-tracking", { ...disk, size: 1_500 }),
];
