import type { PlanMaker } from "./plan-maker.ts";

/** How the plans of a configuration are made. The configuration stands in `configurations/NAME`. */
export type PlanScenario = (maker: PlanMaker) => Promise<void>;

const INSTANCE = /"id": ?"(i-[0-9a-f]+)"/;

/** Applies the configuration `before` and plans `after`. */
const changed: PlanScenario = async (maker) => {
  await maker.apply("before");
  await maker.use("after");
  await maker.plan(maker.name);
};

/** Plans `after` in an empty account. */
const planned: PlanScenario = async (maker) => {
  await maker.use("after");
  await maker.plan(maker.name);
};

/** By the name of the configuration. */
export const planScenarios: Readonly<Record<string, PlanScenario>> = {
  /** Two replacements, an import, a forget, a move, two resources that stay, an output that changes. */
  async actions(maker) {
    await maker.apply("before");
    await maker.terraform("taint", "aws_ebs_volume.tainted");
    await maker.terraform("state", "rm", "aws_cloudwatch_log_group.imported");
    await maker.use("after");
    await maker.plan("actions");
    await maker.plan("destroy", "-destroy");
  },
  resize: changed,
  /** Two resources change and one goes outside of Terraform; then a refresh-only plan and a usual one. */
  async drifted(maker) {
    await maker.apply("after");
    await maker.stateOf("drifted.state");
    const state = await maker.terraform("state", "pull");
    const instance = INSTANCE.exec(state)?.[1] ?? "";
    const volume = /"id": ?"(vol-[0-9a-f]+)",\s*"iops": ?3000/.exec(state)?.[1] ?? "";
    const region = "us-east-1";
    await maker.account({ service: "ec2", region, action: "StopInstances", "InstanceId.1": instance });
    await maker.account({
      service: "ec2",
      region,
      action: "ModifyInstanceAttribute",
      InstanceId: instance,
      "InstanceType.Value": "m5.4xlarge",
    });
    await maker.account({ service: "ec2", region, action: "StartInstances", "InstanceId.1": instance });
    await maker.account({ service: "ec2", region, action: "DeleteVolume", VolumeId: volume });
    await maker.accountJson({
      service: "logs",
      region,
      target: "Logs_20140328.TagResource",
      body: {
        resourceArn: "arn:aws:logs:us-east-1:123456789012:log-group:/shop/web",
        tags: { App: "search", LastPatched: "2026-11-29" },
      },
    });
    await maker.plan("drifted-refresh-only", "-refresh-only");
    await maker.plan("drifted");
  },
  /** Terraform says "No changes" and lists drift: untagged resources whose tags become an empty map. */
  async "first-refresh"(maker) {
    await maker.apply("after");
    await maker.plan("first-refresh");
    await maker.plan("first-refresh-only", "-refresh-only");
  },
  /** The configuration that Terraform generates for an import is refused: the plan is errored and its import reads no-op. */
  async "failed-import"(maker) {
    await maker.apply("before");
    const instance = INSTANCE.exec(await maker.terraform("state", "pull"))?.[1] ?? "";
    await maker.terraform("state", "rm", "aws_instance.made");
    await maker.use("after", { $INSTANCE: instance });
    await maker.planFails("failed-import", "-generate-config-out=generated.tf");
  },
  delete: changed,
  sensitive: planned,
  unknown: planned,
  providers: planned,
  addresses: planned,
  "json-syntax": planned,
  "ebs-block-device": changed,
  "on-demand-table": changed,
  /** The tag's new value, and the plan after its apply. */
  async "default-tags"(maker) {
    await maker.apply("before");
    await maker.use("after");
    await maker.plan("default-tags");
    await maker.terraform("apply", "-auto-approve", "-input=false", "-no-color");
    await maker.plan("default-tags-after");
  },
  /** The old table is protected from deletion, so it stays deposed. */
  async deposed(maker) {
    await maker.apply("before");
    await maker.use("after");
    await maker.applyFails();
    await maker.plan("deposed");
  },
  async targeted(maker) {
    await maker.use("after");
    await maker.plan("targeted", "-target=aws_ebs_volume.targeted");
  },
  numbers: planned,
  prices: planned,
  modules: planned,
};
