import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { moneyText, parseMoney, sum } from "../money/index.ts";
import { type Plan, readPlan } from "../plan/index.ts";
import {
  fixed,
  monthHours,
  monthly,
  type PriceableChange,
  priceResources,
  type RateKey,
  type ResourceType,
  usage,
} from "../pricing/index.ts";
import { DriftError, type DriftOptions, type DriftReport, driftOf, parseIgnoreRules } from "./index.ts";
import { tagKeyOf } from "./tag-path.ts";

// AWS's list prices of us-east-1, as Infracost's goldens have them; that of t3.micro as AWS's price page does.
const prices: Readonly<Record<string, string>> = {
  "BoxUsage:t3.micro": "0.0104",
  "BoxUsage:m5.4xlarge": "0.768",
  "EBS:VolumeUsage.gp3": "0.08",
};

const types: readonly ResourceType[] = [
  {
    type: "aws_instance",
    isFree: false,
    charges: (one) => [
      monthly("Hours", "AmazonEC2", `BoxUsage:${one.text("instance_type")}`, "Hrs", monthHours()),
    ],
  },
  {
    type: "aws_ebs_volume",
    isFree: false,
    charges: (one) => [
      monthly("Storage", "AmazonEC2", "EBS:VolumeUsage.gp3", "GB-Mo", fixed(one.number("size") ?? 0)),
    ],
  },
  {
    type: "aws_sqs_queue",
    isFree: false,
    charges: () => [
      monthly("Requests", "AWSQueueService", "Requests", "Requests", usage("monthly_requests")),
    ],
  },
  { type: "aws_iam_role", isFree: true, charges: () => [] },
];

const list = {
  rateOf({ usageFamily }: RateKey) {
    const cost = prices[usageFamily];
    const unit = usageFamily.startsWith("Box") ? "Hrs" : "GB-Mo";
    if (cost === undefined) return null;
    const tier = { from: 0n, cost: parseMoney(cost, "USD"), quantity: 10n ** 12n };
    return {
      unit,
      tiers: [tier] as const,
      origin: { kind: "list", bookDate: "2026-11-01", source: "a test" } as const,
    };
  },
};

const price = (changes: readonly PriceableChange[]) =>
  priceResources({
    changes,
    types: new Map(types.map((type) => [type.type, type])),
    rates: { observed: null, list },
    usage: null,
    comparable: null,
    currency: "USD",
  });

const options = (rules = ""): DriftOptions => ({ price, tagKey: "App", rules: parseIgnoreRules(rules) });

const planNamed = async (name: string): Promise<Plan> =>
  readPlan(await readFile(new URL(`../../../../tests/plans/json/${name}.json`, import.meta.url)));

type DriftValues = NonNullable<Plan["drift"][number]["before"]>;

/** A plan with one drift. */
function aPlan(
  type: string,
  before: DriftValues,
  after: DriftValues | null,
  change: Partial<Plan["drift"][number]> = {},
) {
  const drift = {
    address: `${type}.this`,
    deposed: null,
    type,
    module: null,
    mode: "managed" as const,
    provider: "registry.terraform.io/hashicorp/aws",
    region: "us-east-1",
    action: after === null ? ("delete" as const) : ("update" as const),
    reason: null,
    replacePaths: [],
    isCreatedBeforeDestroyed: false,
    previousAddress: null,
    importId: null,
    before,
    after,
    afterUnknown: {},
    sensitiveChanges: [],
    writtenNotPlanned: {},
    hasDefaultTags: null,
    references: {},
    ...change,
  };
  return { kind: "refresh-only" as const, isComplete: true, drift: [drift], changes: [] };
}

const only = (report: DriftReport) => {
  const [one, ...rest] = report.resources;
  if (one === undefined || rest.length > 0) throw new Error(`${report.resources.length} resources drifted`);
  return one;
};

const facts = ({ resources }: DriftReport) =>
  resources.map(({ address, change, severity, paths, monthlyDelta }) => ({
    address,
    change,
    severity,
    paths,
    delta: monthlyDelta && moneyText(monthlyDelta),
  }));

const expected = [
  {
    address: "aws_instance.web",
    change: "changed",
    severity: "cost",
    paths: ["instance_type", "public_dns", "public_ip"],
    // (0.768 - 0.0104) × 730
    delta: "553.048",
  },
  { address: "aws_ebs_volume.data", change: "deleted", severity: "cost", paths: [], delta: "-8" },
  {
    address: "aws_cloudwatch_log_group.web",
    change: "changed",
    severity: "allocation",
    paths: ["tags.App", "tags.LastPatched"],
    delta: "0",
  },
];

describe("the drift of a plan that Terraform made", () => {
  it("costs what the larger instance costs more, less the volume that is gone; a changed App tag moves cost", async () => {
    const report = driftOf(await planNamed("drifted-refresh-only"), options());
    expect(facts(report)).toEqual(expected);
    expect(report).toMatchObject({
      changed: 2,
      deleted: 1,
      counts: { cost: 2, allocation: 1, other: 0, ignored: 0 },
      isPartial: false,
      monthlyDelta: parseMoney("545.048", "USD"),
    });
  });

  it("is the same in a usual plan, beside what that plan changes", async () => {
    const plan = await planNamed("drifted");
    expect(facts(driftOf(plan, options()))).toEqual(expected);
    expect(plan.counts).toMatchObject({ create: 1, update: 2 });
  });

  it.each(["first-refresh", "first-refresh-only", "actions", "resize"])(
    "is none where tags are null and then empty: %s",
    async (name) => {
      const plan = await planNamed(name);
      expect(plan.drift.length).toBeGreaterThan(0);
      expect(driftOf(plan, options())).toMatchObject({
        resources: [],
        changed: 0,
        deleted: 0,
        isPartial: false,
      });
    },
  );

  it("is none where the provider reads default tags into tags for the first time", async () => {
    const plan = await planNamed("default-tags");
    expect(plan.drift.map(({ address }) => address)).toEqual(["aws_ebs_volume.data", "aws_instance.web"]);
    expect(driftOf(plan, options()).resources).toEqual([]);
  });

  it("is planned where a renamed default tag goes from a root volume, and the plan after it says nothing", async () => {
    const loss = { address: "aws_instance.web", path: "root_block_device[0].tags.App" };
    const plan = await planNamed("default-tags");
    expect(driftOf(plan, options()).plannedTagLosses).toEqual([loss]);
    expect(driftOf(plan, options("aws_instance.*: root_block_device")).plannedTagLosses).toEqual([]);
    expect(driftOf(plan, { ...options(), tagKey: "Team" }).plannedTagLosses).toEqual([]);
    const after = driftOf(await planNamed("default-tags-after"), options());
    expect(after).toMatchObject({ resources: [], plannedTagLosses: [] });
  });

  it("is not known of a plan that failed or leaves resources out", async () => {
    for (const name of ["failed-import", "targeted"]) {
      const plan = await planNamed(name);
      expect(() => driftOf(plan, options())).toThrow(DriftError);
      expect(() => driftOf(plan, options())).toThrow(/what drifted is not known\. .*scan again\.$/);
    }
  });
});

describe("ignore rules", () => {
  it("suppress only the attribute that they name", async () => {
    const plan = await planNamed("drifted-refresh-only");
    const report = driftOf(plan, options("aws_cloudwatch_log_group.*: tags.LastPatched"));
    const group = report.resources.find(({ type }) => type === "aws_cloudwatch_log_group");
    expect(group).toMatchObject({
      paths: ["tags.App"],
      ignoredPaths: ["tags.LastPatched"],
      severity: "allocation",
      isIgnored: false,
    });
    expect(report.counts.ignored).toBe(0);
  });

  it("count a resource as ignored when nothing of it is left, and leave its cost out", async () => {
    const plan = await planNamed("drifted-refresh-only");
    const report = driftOf(plan, options("aws_instance.*: instance_type, public_*\n*.data: *"));
    expect(report.counts).toEqual({ cost: 0, allocation: 1, other: 0, ignored: 2 });
    expect(report.monthlyDelta).toEqual(parseMoney("0", "USD"));
    expect(report).toMatchObject({ changed: 1, deleted: 0 });
    expect(report.resources.at(-1)?.isIgnored).toBe(true);
  });

  it("leave the price of an ignored attribute out of a drift that has others", () => {
    const plan = aPlan(
      "aws_instance",
      { instance_type: "t3.micro", ami: "a", tags: { App: "shop" } },
      { instance_type: "m5.4xlarge", ami: "b", tags: { App: "shop" } },
    );
    const report = driftOf(plan, options("*: instance_type"));
    expect(only(report)).toMatchObject({
      severity: "other",
      paths: ["ami"],
      monthlyDelta: parseMoney("0", "USD"),
    });
  });

  it("suppress a deletion only where they name everything", () => {
    const plan = aPlan("aws_ebs_volume", { size: 100 }, null);
    expect(only(driftOf(plan, options("aws_ebs_volume.this: size"))).isIgnored).toBe(false);
    expect(only(driftOf(plan, options("aws_ebs_volume.this: *"))).isIgnored).toBe(true);
  });
});

describe("drift that moves cost", () => {
  const nested = (tags: DriftValues) => ({
    tags: null,
    root_block_device: [{ volume_id: "vol-1", volume_size: 8, ...tags }],
  });

  it("is a nested tag that goes: the root volume of an instance loses its default tag", () => {
    const plan = aPlan(
      "aws_instance",
      { instance_type: "t3.micro", ...nested({ tags: {}, tags_all: { App: "shop" } }) },
      { instance_type: "t3.micro", ...nested({ tags: {}, tags_all: {} }) },
    );
    expect(only(driftOf(plan, options()))).toMatchObject({
      severity: "allocation",
      movesCost: true,
      paths: ["root_block_device[0].tags_all.App"],
    });
  });

  it("is a tag that is written as a block, in any order", () => {
    const tag = (key: string, value: string) => ({ key, value, propagate_at_launch: true });
    const plan = aPlan(
      "aws_autoscaling_group",
      { tag: [tag("App", "shop"), tag("Name", "web")] },
      { tag: [tag("Name", "web"), tag("App", "search")] },
    );
    expect(only(driftOf(plan, options()))).toMatchObject({
      severity: "allocation",
      paths: ["tag.App.value"],
    });
  });

  it("is no tag that moves between the resource and the provider's default tags", () => {
    const plan = aPlan(
      "aws_instance",
      { tags: { App: "shop" }, tags_all: { App: "shop" } },
      { tags: {}, tags_all: { App: "shop" } },
    );
    expect(driftOf(plan, options()).resources).toEqual([]);
    const gone = aPlan(
      "aws_instance",
      { root_block_device: [{ tags: { App: "shop" }, tags_all: { App: "shop" } }] },
      { root_block_device: [{ tags: {}, tags_all: { App: "shop" } }] },
    );
    expect(only(driftOf(gone, options())).paths).toEqual(["root_block_device[0].tags.App"]);
  });

  it("is no other tag, and none where no tag allocates", () => {
    const plan = aPlan(
      "aws_iam_role",
      { tags: { Name: "a", App: "shop" } },
      { tags: { Name: "b", App: "shop" } },
    );
    expect(only(driftOf(plan, options())).severity).toBe("other");
    const moved = aPlan("aws_iam_role", { tags: { App: "a" } }, { tags: { App: "b" } });
    expect(only(driftOf(moved, { ...options(), tagKey: null })).severity).toBe("other");
  });

  it("is a sensitive tag that changed, whose values nobody reads", () => {
    const values = { tags: { App: "(sensitive)" } };
    const plan = aPlan("aws_iam_role", values, values, { sensitiveChanges: ["tags.App"] });
    expect(only(driftOf(plan, options()))).toMatchObject({ severity: "allocation", paths: ["tags.App"] });
  });

  it("is cost-relevant first, and says that it moves cost as well", () => {
    const plan = aPlan(
      "aws_instance",
      { instance_type: "t3.micro", tags: { App: "shop" } },
      { instance_type: "m5.4xlarge", tags: {} },
    );
    expect(only(driftOf(plan, options()))).toMatchObject({ severity: "cost", movesCost: true });
  });
});

describe("drift whose cost nobody knows", () => {
  it("is cost-relevant where the type has prices, or is gone; its delta is null and never 0", () => {
    const unpriced = aPlan("aws_instance", { instance_type: "t3.micro" }, { instance_type: "x1.new" });
    const report = driftOf(unpriced, options());
    expect(only(report)).toMatchObject({ severity: "cost", monthlyDelta: null });
    expect(report).toMatchObject({ monthlyDelta: null, isPartial: true });
    const gone = driftOf(aPlan("aws_ivs_channel", { name: "a" }, null), options());
    expect(only(gone)).toMatchObject({ severity: "cost", monthlyDelta: null });
  });

  it("is other where no price model of the type would see it", () => {
    const report = driftOf(aPlan("aws_ivs_channel", { name: "a" }, { name: "b" }), options());
    expect(only(report)).toMatchObject({ severity: "other", monthlyDelta: null });
    expect(report.isPartial).toBe(true);
  });

  it("is unknown where the region is, and none where only tags changed", () => {
    const change = { region: null };
    const moved = aPlan(
      "aws_instance",
      { instance_type: "t3.micro" },
      { instance_type: "m5.4xlarge" },
      change,
    );
    expect(only(driftOf(moved, options()))).toMatchObject({ severity: "cost", monthlyDelta: null });
    const tagged = aPlan("aws_instance", { tags: { a: "1" } }, { tags: { a: "2" } }, change);
    expect(only(driftOf(tagged, options())).monthlyDelta).toEqual(parseMoney("0", "USD"));
  });
});

describe("a resource that is charged by usage", () => {
  it("costs the same where its charges are the same, whatever the usage is, and an unknown amount less where it is gone", () => {
    const renamed = aPlan("aws_sqs_queue", { name: "a", delay_seconds: 0 }, { name: "a", delay_seconds: 5 });
    expect(only(driftOf(renamed, options()))).toMatchObject({
      severity: "other",
      monthlyDelta: parseMoney("0", "USD"),
    });
    const gone = driftOf(aPlan("aws_sqs_queue", { name: "a" }, null), options());
    expect(only(gone)).toMatchObject({ severity: "cost", monthlyDelta: null });
  });
});

describe("what is free", () => {
  it("is other, also where it is gone", () => {
    expect(only(driftOf(aPlan("aws_iam_role", { name: "a" }, null), options()))).toMatchObject({
      severity: "other",
      monthlyDelta: parseMoney("0", "USD"),
    });
  });
});

describe("a drift report", () => {
  const value = fc.oneof(
    fc.constantFrom(null, "", "t3.micro", "m5.4xlarge", 8, 100, true),
    fc.array(fc.record({ volume_size: fc.constantFrom(8, 100, null) }), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("App", "Name", "a.b"), fc.constantFrom("", "shop", "search")),
  );
  const values = fc.record({
    instance_type: fc.constantFrom("t3.micro", "m5.4xlarge"),
    tags: value,
    ebs: value,
    size: value,
  });

  it("sums its deltas exactly, counts each resource once, and has none for equal values", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(values, fc.option(values)), { maxLength: 6 }), (pairs) => {
        const drift = pairs.flatMap(
          ([before, after], at) =>
            aPlan("aws_instance", before, after, { address: `aws_instance.a${at}` }).drift,
        );
        const report = driftOf({ kind: "plan", isComplete: true, drift, changes: [] }, options("*.a1: *"));
        const counted = report.resources.filter(({ isIgnored }) => !isIgnored);
        const deltas = counted.flatMap(({ monthlyDelta }) => (monthlyDelta === null ? [] : [monthlyDelta]));
        if (report.monthlyDelta !== null) expect(report.monthlyDelta).toEqual(sum(deltas, "USD"));
        const { cost, allocation, other, ignored } = report.counts;
        expect(cost + allocation + other + ignored).toBe(report.resources.length);
        const same = drift.map((one) => ({ ...one, after: structuredClone(one.before) }));
        expect(
          driftOf({ kind: "plan", isComplete: true, drift: same, changes: [] }, options()).resources,
        ).toEqual([]);
      }),
    );
  });
});

describe("drift that is made to take long", () => {
  // Each would take hours where time grew with the square of its size.
  const many = Array.from({ length: 20_000 }, (_, at) => at);
  const drifted = (before: DriftValues, after: DriftValues, rule: string) =>
    only(driftOf(aPlan("aws_iam_role", before, after), options(rule)));

  it("has many attributes that are ignored", () => {
    const values = (value: number) => Object.fromEntries(many.map((at) => [`k${at}`, value]));
    expect(drifted(values(1), values(2), "*: *").isIgnored).toBe(true);
  });

  it("has a list of which a part is ignored", () => {
    const values = (value: number) => ({ list: many.map(() => ({ a: value, b: value })) });
    const found = drifted(values(1), values(2), "*: *.a");
    expect([found.paths.length, found.ignoredPaths.length]).toEqual([many.length, many.length]);
  });

  it("has a path that looks like a tag in many places", () => {
    expect(tagKeyOf("tag.".repeat(300_000))).toBeNull();
    expect(tagKeyOf(`a.tag.${"tag.".repeat(3)}x.value`)).toBe("tag.tag.tag.x");
    expect([tagKeyOf("tag.value"), tagKeyOf("x.tag.value"), tagKeyOf("atag.x.value")]).toEqual([
      null,
      null,
      null,
    ]);
  });
});
