import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { driftedResources } from "./drifted-resources.ts";
import type { Plan, PlanCounts } from "./plan.ts";
import { readPlan } from "./read-plan.ts";
import { aConfiguredResource, aPlannedChange, planBytes, realPlan } from "./testing/index.ts";

const NONE: PlanCounts = {
  create: 0,
  update: 0,
  delete: 0,
  replace: 0,
  read: 0,
  import: 0,
  move: 0,
  forget: 0,
  noOp: 0,
  outputs: 0,
  other: 0,
};

const real = async (name: string) => readPlan(await realPlan(name));
const ofActions = (...actions: readonly string[]) =>
  readPlan(planBytes({ resource_changes: [aPlannedChange({ address: "aws_sqs_queue.a", actions })] }));
const changeOf = ({ changes }: Plan, address: string) => changes.find((one) => one.address === address);

describe("a plan that the real Terraform made", () => {
  it("counts replacements, an import, a forget, a move and what stays, each once", async () => {
    const plan = await real("actions");
    expect(plan).toMatchObject({
      kind: "plan",
      tool: "terraform",
      toolVersion: "1.11.4",
      formatVersion: "1.2",
    });
    expect(plan.counts).toEqual({ ...NONE, replace: 2, import: 1, forget: 1, move: 1, noOp: 2, outputs: 1 });
    expect(driftedResources(plan)).toMatchObject({ changed: 0, deleted: 0 });
    expect(changeOf(plan, "aws_ebs_volume.tainted")).toMatchObject({
      action: "replace",
      reason: "replace_because_tainted",
    });
    expect(changeOf(plan, "aws_ebs_volume.other_zone")).toMatchObject({
      action: "replace",
      reason: "replace_because_cannot_update",
      replacePaths: ["availability_zone"],
    });
  });

  it("that resizes has a reason and a path of its replacement", async () => {
    const plan = await real("resize");
    expect(plan.counts).toEqual({ ...NONE, create: 1, update: 1, replace: 1, noOp: 1 });
    expect(plan.changes.filter(({ action }) => action === "replace")).toMatchObject([
      { reason: "replace_because_cannot_update", replacePaths: ["availability_zone"] },
    ]);
  });

  it("that only refreshes has drift, and plans nothing", async () => {
    const plan = await real("drifted-refresh-only");
    expect(plan).toMatchObject({ kind: "refresh-only", counts: NONE, changes: [] });
    expect(driftedResources(plan)).toMatchObject({ changed: 2, deleted: 1 });
  });

  it("over the same state has drift and changes, in two lists", async () => {
    const plan = await real("drifted");
    expect(plan).toMatchObject({ kind: "plan", counts: { ...NONE, create: 1, update: 2, noOp: 1 } });
    expect(driftedResources(plan)).toMatchObject({ changed: 2, deleted: 1 });
  });

  it("that says No changes has no drift by attributes that are empty in another way", async () => {
    for (const name of ["first-refresh", "first-refresh-only"]) {
      const plan = await real(name);
      expect(plan.drift.length).toBeGreaterThan(0);
      expect(driftedResources(plan)).toEqual({ changed: 0, deleted: 0, resources: [] });
    }
  });

  it("that failed is errored and not without changes: what it lists is not classified", async () => {
    const plan = await real("failed-import");
    expect(plan).toMatchObject({ kind: "errored", changes: [], drift: [], counts: NONE });
    expect(plan.warnings.join()).toContain("failed");
  });

  it("of targets says that it is not complete", async () => {
    const plan = await real("targeted");
    expect(plan.isComplete).toBe(false);
    expect(plan.warnings.join()).toContain("not complete");
  });

  it("keeps addresses with indexes as they are", async () => {
    const plan = await real("addresses");
    const addresses = plan.changes.map(({ address }) => address);
    expect(addresses).toContain('module.a["k.v"].module.b[0].aws_cloudwatch_metric_alarm.errors');
    const raw = JSON.parse(new TextDecoder().decode(await realPlan("addresses")));
    expect([...addresses].sort()).toEqual(
      raw.resource_changes.map(({ address }: { address: string }) => address).sort(),
    );
  });

  it("has a deposed object beside the resource of the same address", async () => {
    const tables = (await real("deposed")).changes.filter(({ type }) => type === "aws_dynamodb_table");
    expect(tables.map(({ address }) => address)).toEqual([
      "aws_dynamodb_table.carts",
      "aws_dynamodb_table.carts",
    ]);
    expect(tables.map(({ deposed }) => deposed === null)).toEqual([true, false]);
  });

  it("that grows a block which the provider does not plan warns of what is written", async () => {
    const plan = await real("ebs-block-device");
    expect(plan.changes).toMatchObject([
      { action: "no-op", writtenNotPlanned: { "ebs_block_device.0.volume_size": 5000 } },
    ]);
    expect(plan.warnings).toEqual([expect.stringContaining("written as 5000, but not planned")]);
  });

  it("has a data source that is read during the apply", async () => {
    const plan = await real("unknown");
    expect(plan.counts.read).toBe(1);
  });
});

describe("the action of a change", () => {
  it("is a replacement whichever comes first", async () => {
    const [deleted, created] = [await ofActions("delete", "create"), await ofActions("create", "delete")];
    expect(deleted.changes).toMatchObject([{ action: "replace", isCreatedBeforeDestroyed: false }]);
    expect(created.changes).toMatchObject([{ action: "replace", isCreatedBeforeDestroyed: true }]);
    expect(created.counts).toEqual({ ...NONE, replace: 1 });
  });

  it.each([
    ["create", "create"],
    ["update", "update"],
    ["delete", "delete"],
    ["forget", "forget"],
    ["no-op", "noOp"],
    ["read", "read"],
  ] as const)("counts %s", async (action, count) => {
    expect((await ofActions(action)).counts).toEqual({ ...NONE, [count]: 1 });
  });

  it("is other where the list of actions is not known, and a warning names it", async () => {
    for (const actions of [["teleport"], ["create", "forget"], ["update", "delete"]]) {
      const plan = await ofActions(...actions);
      expect(plan.counts).toEqual({ ...NONE, other: 1 });
      expect(plan.warnings.join()).toContain(actions.map((action) => `"${action}"`).join(", "));
    }
  });

  it("may have a reason that this version does not know", async () => {
    const change = aPlannedChange({
      address: "aws_sqs_queue.a",
      actions: ["delete"],
      entry: { action_reason: "delete_because_of_the_moon" },
    });
    const plan = await readPlan(planBytes({ resource_changes: [change] }));
    expect(plan.changes).toMatchObject([{ reason: "delete_because_of_the_moon" }]);
  });

  it("is not an import or a move besides, but is counted as both", async () => {
    const moved = aPlannedChange({
      address: "aws_sqs_queue.a",
      actions: ["update"],
      entry: { previous_address: "aws_sqs_queue.b" },
      change: { importing: { id: "q" } },
    });
    expect((await readPlan(planBytes({ resource_changes: [moved] }))).counts).toEqual({
      ...NONE,
      update: 1,
      import: 1,
      move: 1,
    });
  });

  it("of an import whose id is known after the apply is an import", async () => {
    const imported = aPlannedChange({ address: "aws_sqs_queue.a", change: { importing: { unknown: true } } });
    expect((await readPlan(planBytes({ resource_changes: [imported] }))).counts).toEqual({
      ...NONE,
      import: 1,
    });
  });
});

describe("a plan", () => {
  it("is errored whatever else it says", async () => {
    const plan = await readPlan(planBytes({ errored: true, resource_changes: undefined }));
    expect(plan.kind).toBe("errored");
  });

  it("has the tool by the registry of its providers", async () => {
    const by = async (provider_name: string) => {
      const change = aPlannedChange({ address: "aws_sqs_queue.a", entry: { provider_name } });
      return (await readPlan(planBytes({ resource_changes: [change] }))).tool;
    };
    expect(await by("registry.opentofu.org/hashicorp/aws")).toBe("opentofu");
    expect(await by("registry.terraform.io/hashicorp/aws")).toBe("terraform");
    expect(await by("registry.example.com/acme/aws")).toBeNull();
  });

  it.each([
    ["an entry without an address", [{ type: "a", change: { actions: ["create"] } }], "[0] has no address"],
    [
      "an entry without actions",
      [{ address: "a.b", type: "a", change: {} }],
      "[0] has no change with actions",
    ],
    ["an entry that is no object", ["a"], "[0] has no"],
    ["an object in place of the list", { a: 1 }, " is no list"],
    ["a text in place of the list", "none", " is no list"],
  ])("with %s cannot be read, and the sentence says where", async (_, resource_changes, words) => {
    await expect(readPlan(planBytes({ resource_changes }))).rejects.toMatchObject({
      kind: "unsupported_format",
      message: expect.stringContaining(`resource_changes${words}`),
    });
  });

  it.each([
    [{ resource_drift: {} }, "resource_drift is no list"],
    [{ output_changes: [] }, "output_changes is no object"],
  ])("%j is no plan without changes: it cannot be read", async (part, words) => {
    await expect(readPlan(planBytes(part))).rejects.toMatchObject({
      kind: "unsupported_format",
      message: expect.stringContaining(words),
    });
  });

  it("says how many changes are left to a later plan, and which checks failed", async () => {
    const plan = await readPlan(
      planBytes({
        deferred_changes: [{ reason: "provider_config_unknown" }],
        checks: [{ address: { to_display: "check.size" }, status: "fail" }],
      }),
    );
    expect(plan.warnings.join("\n")).toMatch(/1 change is deferred[\s\S]*"check.size"/);
  });

  it("finds the resources that an expression refers to, in the module of the resource", async () => {
    const plan = await readPlan(
      planBytes({
        resource_changes: [
          aPlannedChange({ address: 'module.a["k.v"].aws_instance.web[0]', actions: ["create"] }),
        ],
        configuration: {
          root_module: {
            module_calls: {
              a: {
                module: {
                  resources: [
                    aConfiguredResource("aws_instance.web", {
                      launch_template: [
                        {
                          id: {
                            references: [
                              "aws_launch_template.web[0].id",
                              "aws_launch_template.web[0]",
                              "aws_launch_template.web",
                            ],
                          },
                        },
                      ],
                      ami: { references: ["var.ami", "data.aws_ami.a.id", "data.aws_ami.a"] },
                    }),
                  ],
                },
              },
            },
          },
        },
      }),
    );
    expect(plan.changes[0]?.references).toEqual({
      "launch_template.0.id": ['module.a["k.v"].aws_launch_template.web'],
    });
  });
});

describe("the fingerprint of a plan", () => {
  const fingerprint = async (plan: Record<string, unknown>) => (await readPlan(planBytes(plan))).fingerprint;
  const queue = (name: string, after: unknown = {}) =>
    aPlannedChange({ address: `aws_sqs_queue.${name}`, actions: ["create"], after });

  it("does not depend on the order of resources or keys, on the time or on the version of the tool", async () => {
    const [a, b] = [queue("a", { x: 1, y: [1, 2] }), queue("b")];
    const one = await fingerprint({ resource_changes: [a, b], timestamp: "2026-12-01T00:00:00Z" });
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    const other = {
      terraform_version: "1.12.0",
      timestamp: "2026-12-02T00:00:00Z",
      resource_changes: [b, queue("a", { y: [1, 2], x: 1 })],
    };
    expect(await fingerprint(other)).toBe(one);
  });

  it("is the same for every order of a real plan's resources", async () => {
    const bytes = await realPlan("modules");
    const plan = JSON.parse(new TextDecoder().decode(bytes));
    const { fingerprint: expected } = await readPlan(bytes);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(plan.resource_changes, { minLength: plan.resource_changes.length }),
        async (resource_changes) => {
          const shuffled = new TextEncoder().encode(JSON.stringify({ ...plan, resource_changes }));
          expect((await readPlan(shuffled)).fingerprint).toBe(expected);
        },
      ),
      { numRuns: 20 },
    );
  });

  it.each([
    ["a value", { resource_changes: [queue("a", { x: 2 })] }],
    ["an element's place", { resource_changes: [queue("a", { x: 1, y: [2, 1] })] }],
    ["an address", { resource_changes: [queue("c", { x: 1 })] }],
    ["another resource", { resource_changes: [queue("a", { x: 1 }), queue("b")] }],
    ["an output", { output_changes: { o: { actions: ["create"] } } }],
    ["drift", { resource_drift: [queue("a")] }],
    ["a failure", { errored: true }],
    ["what it leaves out", { complete: false }],
  ])("changes by %s", async (_, change) => {
    const plan = { resource_changes: [queue("a", { x: 1 })] };
    expect(await fingerprint({ ...plan, ...change })).not.toBe(await fingerprint(plan));
  });
});
