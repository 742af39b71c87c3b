import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { add, moneyText, parseMoney, sum } from "../money/index.ts";
import { comparePlans } from "./compare-plans.ts";
import type { PlanDocument } from "./plan-document.ts";
import { planReport } from "./plan-report.ts";
import { readPlan } from "./read-plan.ts";
import type { PlanAllocation } from "./tag-allocation.ts";
import {
  aConfiguredResource,
  aPlannedChange,
  inRegion,
  listPrices,
  planBytes,
  realPlan,
} from "./testing/index.ts";

const reportOf = async (bytes: Uint8Array, region: string | null = null, allocation?: PlanAllocation) =>
  planReport(await readPlan(bytes), { ...listPrices, region }, allocation);

const inVirginia = (...resource_changes: readonly Readonly<Record<string, unknown>>[]) =>
  reportOf(planBytes({ resource_changes }), "us-east-1");

const total = (document: PlanDocument, amounts: readonly (string | null)[]) =>
  moneyText(
    sum(
      amounts.map((amount) => parseMoney(amount ?? "0", document.cost.currency)),
      document.cost.currency,
    ),
  );

const resource = ({ resources }: PlanDocument, address: string) =>
  resources.find((one) => one.address === address);

const aVolume = (name: string, size: number, more: Record<string, unknown> = {}) => ({
  address: `aws_ebs_volume.${name}`,
  after: { type: "gp3", size, iops: 3000, throughput: 125, ...more },
});

describe("the report of a plan", () => {
  it("prices a resize and a replacement, each as one row", async () => {
    const document = await reportOf(await realPlan("resize"));
    expect(resource(document, "aws_ebs_volume.data")).toMatchObject({
      action: "replace",
      status: "priced",
      monthly_before: "8",
      monthly_after: "40",
      monthly_delta: "32",
      reason: "replace_because_cannot_update",
      replace_paths: ["availability_zone"],
      create_before_destroy: false,
    });
    expect(resource(document, "aws_instance.web")).toMatchObject({ monthly_delta: "132.568" });
  });

  it("has three times the cost for count = 3, and takes off what is deleted", async () => {
    const three = await inVirginia(
      ...[0, 1, 2].map((at) => aPlannedChange({ ...aVolume(`a[${at}]`, 40), actions: ["create"] })),
    );
    expect(three.cost).toMatchObject({ monthly_before: "0", monthly_after: "9.6", monthly_delta: "9.6" });
    expect(three.cost).not.toHaveProperty("monthly_delta_percent");
    const { address, after } = aVolume("a", 100);
    const gone = await inVirginia(aPlannedChange({ address, actions: ["delete"], before: after }));
    expect(gone.cost).toMatchObject({
      monthly_before: "8",
      monthly_after: "0",
      monthly_delta: "-8",
      monthly_delta_percent: "-100",
    });
  });

  it("has what stays in both totals, and no change of it", async () => {
    const { address, after } = aVolume("a", 100);
    const document = await inVirginia(aPlannedChange({ address, before: after, after }));
    expect(document.cost).toMatchObject({
      monthly_before: "8",
      monthly_after: "8",
      monthly_delta: "0",
      monthly_delta_percent: "0",
    });
  });

  it("keeps what is forgotten on the bill", async () => {
    const { address, after } = aVolume("a", 100);
    const document = await inVirginia(aPlannedChange({ address, actions: ["forget"], before: after }));
    expect(document.cost).toMatchObject({ monthly_before: "8", monthly_after: "8", monthly_delta: "0" });
  });

  it("has each resource in exactly one status, and says that the total is partial", async () => {
    const document = await reportOf(await realPlan("unknown"), "us-east-1");
    const { priced, usage_based, free, unsupported, unknown, partial } = document.cost;
    expect(priced + usage_based + free + unsupported + unknown).toBe(document.resources.length);
    expect(partial).toBe(true);
    expect(resource(document, "aws_instance.unknown_type")).toMatchObject({
      status: "unknown",
      monthly_delta: null,
      notes: expect.arrayContaining([expect.stringContaining("instance_type")]),
    });
    expect(resource(document, "aws_ivs_channel.unsupported")).toMatchObject({ status: "unsupported" });
    const roles = await inVirginia(
      aPlannedChange({ address: "aws_iam_role.a", actions: ["create"], after: {} }),
    );
    expect(roles.cost).toMatchObject({ free: 1, partial: false, monthly_delta: "0" });
  });

  it("does not price a sensitive value: the resource is unknown", async () => {
    const { address, after } = aVolume("a", 100);
    const change = { after_sensitive: { size: true } };
    const document = await inVirginia(aPlannedChange({ address, actions: ["create"], after, change }));
    expect(document.resources).toMatchObject([{ status: "unknown", monthly_delta: null }]);
  });

  it("prices as the plan says what is written and not planned, with the warning", async () => {
    const document = await reportOf(await realPlan("ebs-block-device"), "us-east-1");
    expect(document.cost.monthly_delta).toBe("0");
    expect(document.warnings.join()).toContain("not planned");
  });

  it("of a plan that failed has no resources, and its total is partial", async () => {
    const document = await reportOf(await realPlan("failed-import"));
    expect(document).toMatchObject({ kind: "errored", resources: [], cost: { partial: true } });
  });

  it("adds up exactly in every real plan: resources and cost centers to the total, before and delta to after", async () => {
    const costCenters = new Map<string | null, string | null>([
      ["shop", "Shop"],
      ["search", "Search"],
      [null, null],
    ]);
    for (const name of [
      "actions",
      "resize",
      "drifted",
      "delete",
      "modules",
      "unknown",
      "providers",
      "default-tags",
      "numbers",
      "deposed",
    ]) {
      const document = await reportOf(await realPlan(name), "us-east-1", { tagKey: "App", costCenters });
      const { monthly_before, monthly_after, monthly_delta, currency } = document.cost;
      const deltas = document.resources.map((one) => one.monthly_delta);
      expect([name, total(document, deltas)]).toEqual([name, monthly_delta]);
      const centers = document.by_cost_center.map((one) => one.monthly_delta);
      expect([name, total(document, centers)]).toEqual([name, monthly_delta]);
      const after = add(parseMoney(monthly_before, currency), parseMoney(monthly_delta, currency));
      expect([name, moneyText(after)]).toEqual([name, monthly_after]);
    }
  });

  it("adds up for sizes of any kind", async () => {
    const action = fc.constantFrom("create", "delete", "update", "no-op");
    const sizes = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 16_000 }), fc.integer({ min: 1, max: 16_000 }), action),
      {
        maxLength: 12,
      },
    );
    await fc.assert(
      fc.asyncProperty(sizes, async (all) => {
        const document = await inVirginia(
          ...all.map(([old, next, action], at) => {
            const before = aVolume("a", action === "no-op" ? next : old).after;
            const { address, after } = aVolume(`a[${at}]`, next);
            return aPlannedChange({
              address,
              actions: [action],
              before: action === "create" ? null : before,
              after: action === "delete" ? null : after,
            });
          }),
        );
        const deltas = document.resources.map((one) => one.monthly_delta);
        expect(total(document, deltas)).toBe(document.cost.monthly_delta);
        // 0.08 a GB-month, by hand.
        const cents = all.reduce(
          (sum, [old, next, action]) =>
            sum +
            8 *
              ((action === "delete" ? 0 : next) -
                (action === "create" ? 0 : action === "no-op" ? next : old)),
          0,
        );
        expect(parseMoney(document.cost.monthly_delta, "USD").units).toBe(BigInt(cents) * 10n ** 10n);
      }),
      { numRuns: 60 },
    );
  });

  it("lists the largest change first, whichever its sign, and what is not known before what stays", async () => {
    const gone = aVolume("gone", 500);
    const stays = aVolume("stays", 900);
    const document = await inVirginia(
      aPlannedChange({ ...stays, before: stays.after }),
      aPlannedChange({ ...aVolume("small", 10), actions: ["create"] }),
      aPlannedChange({ address: gone.address, actions: ["delete"], before: gone.after }),
      aPlannedChange({ address: "aws_ivs_channel.a", actions: ["create"], after: {} }),
    );
    expect(document.resources.map(({ address }) => address)).toEqual([
      "aws_ebs_volume.gone",
      "aws_ebs_volume.small",
      "aws_ivs_channel.a",
      "aws_ebs_volume.stays",
    ]);
  });
});

describe("a resource whose region the plan does not decide", () => {
  const nat = aPlannedChange({
    address: "aws_nat_gateway.a",
    actions: ["create"],
    after: { connectivity_type: "public" },
  });

  it("is asked for, and never priced in us-east-1 silently", async () => {
    await expect(reportOf(planBytes({ resource_changes: [nat] }))).rejects.toMatchObject({
      kind: "unknown_region",
      message: expect.stringMatching(/"aws_nat_gateway.a".*--region/),
    });
  });

  it("is priced in the region that is given, and in the plan's own where it has one", async () => {
    const given = await reportOf(planBytes({ resource_changes: [nat] }), "us-east-1");
    expect(given.resources).toMatchObject([{ region: "us-east-1", monthly_delta: "32.85" }]);
    const configuration = inRegion("eu-central-1", "aws_nat_gateway.a");
    const own = await reportOf(planBytes({ resource_changes: [nat], configuration }), "us-east-1");
    expect(own.resources).toMatchObject([{ region: "eu-central-1" }]);
  });

  it("is not asked for where it costs nothing", async () => {
    const role = aPlannedChange({ address: "aws_iam_role.a", actions: ["create"], after: {} });
    expect((await reportOf(planBytes({ resource_changes: [role] }))).cost.free).toBe(1);
  });
});

describe("the workload and cost center of a resource", () => {
  const allocation: PlanAllocation = {
    tagKey: "App",
    costCenters: new Map<string | null, string | null>([
      ["shop", "Shop"],
      ["search", "Search"],
      [null, "Platform"],
    ]),
  };
  const allocated = async (
    given: Record<string, unknown>,
    { change = {}, defaultTags }: { change?: Record<string, unknown>; defaultTags?: unknown } = {},
  ) => {
    const { address } = aVolume("a", 100);
    const expressions = {
      region: { constant_value: "us-east-1" },
      ...(defaultTags === undefined ? {} : { default_tags: defaultTags }),
    };
    const configuration = {
      provider_config: { aws: { expressions } },
      root_module: { resources: [aConfiguredResource(address)] },
    };
    const entry = aPlannedChange({
      address,
      actions: ["create"],
      after: { ...aVolume("a", 100).after, ...given },
      change,
    });
    const document = await reportOf(
      planBytes({ resource_changes: [entry], configuration }),
      null,
      allocation,
    );
    const { workload, tag, cost_center } = document.resources[0] ?? {};
    return { workload, tag, cost_center };
  };

  it("are those of its tag, or of a default tag", async () => {
    const shop = { workload: "shop", tag: "present", cost_center: "Shop" };
    expect(await allocated({ tags: { App: "shop" } })).toEqual(shop);
    expect(await allocated({ tags: null, tags_all: { App: "shop" } })).toEqual(shop);
  });

  it("are null where the resource has no tag", async () => {
    const untagged = { workload: null, tag: "absent", cost_center: "Platform" };
    expect(await allocated({ tags: null, tags_all: {} })).toEqual(untagged);
    // Without tags and default tags, tags_all is known after the apply.
    expect(await allocated({ tags: null }, { change: { after_unknown: { tags_all: true } } })).toEqual(
      untagged,
    );
  });

  it("are not known where a tag is: one unknown tag makes the whole map unknown", async () => {
    const unknown = { workload: null, tag: "unknown", cost_center: null };
    const change = { after_unknown: { tags: true, tags_all: true } };
    expect(await allocated({}, { change })).toEqual(unknown);
    const byDefault = { change: { after_unknown: { tags_all: true } }, defaultTags: [{ tags: {} }] };
    expect(await allocated({ tags: null }, byDefault)).toEqual(unknown);
    const sensitive = { change: { after_sensitive: { tags: { App: true } } } };
    expect(await allocated({ tags: { App: "shop" } }, sensitive)).toEqual(unknown);
  });

  it("are known for a workload that the dataset does not have, but not its cost center", async () => {
    expect(await allocated({ tags: { App: "new" } })).toEqual({
      workload: "new",
      tag: "present",
      cost_center: null,
    });
  });

  it("take their cost along where the tag changes", async () => {
    const { address, after } = aVolume("a", 100);
    const change = aPlannedChange({
      address,
      actions: ["update"],
      before: { ...after, tags_all: { App: "shop" } },
      after: { ...after, tags_all: { App: "search" } },
    });
    const document = await reportOf(planBytes({ resource_changes: [change] }), "us-east-1", allocation);
    expect(document.cost.monthly_delta).toBe("0");
    expect(document.by_cost_center).toEqual([
      { name: "Search", monthly_delta: "8" },
      { name: "Shop", monthly_delta: "-8" },
    ]);
  });
});

describe("a comparison of plans", () => {
  const planOf = (...changes: readonly (readonly [string, number, string])[]) =>
    inVirginia(
      ...changes.map(([name, size, action]) => {
        const { address, after } = aVolume(name, size);
        return aPlannedChange({
          address,
          actions: [action],
          before: action === "delete" ? after : null,
          after: action === "delete" ? null : after,
        });
      }),
    );

  it("names what only one of them has, what both have otherwise, and the difference of their totals", async () => {
    const from = await planOf(
      ["gone", 100, "create"],
      ["same", 10, "create"],
      ["grows", 10, "create"],
      ["turns", 50, "create"],
    );
    const to = await planOf(
      ["same", 10, "create"],
      ["grows", 60, "create"],
      ["turns", 50, "delete"],
      ["new", 200, "create"],
    );
    const comparison = comparePlans(from, to);
    expect(comparison).toMatchObject({
      is_same_plan: false,
      // 8 + 0.8 + 0.8 + 4 = 13.6 and 0.8 + 4.8 - 4 + 16 = 17.6.
      monthly_delta_difference: "4",
      added: [
        { address: "aws_ebs_volume.new", from_action: null, to_action: "create", to_monthly_delta: "16" },
      ],
      removed: [{ address: "aws_ebs_volume.gone", to_action: null, from_monthly_delta: "8" }],
      changed: [
        { address: "aws_ebs_volume.grows", from_monthly_delta: "0.8", to_monthly_delta: "4.8" },
        {
          address: "aws_ebs_volume.turns",
          from_action: "create",
          to_action: "delete",
          to_monthly_delta: "-4",
        },
      ],
    });
  });

  it("does not depend on the order of resources", async () => {
    const [a, b] = [await reportOf(await realPlan("drifted")), await reportOf(await realPlan("resize"))];
    const expected = comparePlans(a, b);
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...a.resources], { minLength: a.resources.length }),
        fc.shuffledSubarray([...b.resources], { minLength: b.resources.length }),
        (first, second) => {
          expect(comparePlans({ ...a, resources: first }, { ...b, resources: second })).toEqual(expected);
        },
      ),
    );
  });

  it("finds nothing between a plan and itself", async () => {
    const document = await reportOf(await realPlan("drifted"));
    expect(comparePlans(document, document)).toMatchObject({
      is_same_plan: true,
      monthly_delta_difference: "0",
      added: [],
      removed: [],
      changed: [],
    });
  });
});
