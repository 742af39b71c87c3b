import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SENSITIVE } from "../../pricing/index.ts";
import { comparePlans } from "../compare-plans.ts";
import { gateResult } from "../gate/gate.ts";
import { gateRule } from "../gate/gate-rule.ts";
import { planReport } from "../plan-report.ts";
import { readPlan, redactedPlan } from "../read-plan.ts";
import { aConfiguredResource, aPlannedChange, listPrices, planBytes, realPlan } from "../testing/index.ts";

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const storedText = (plan: Record<string, unknown>) => textOf(redactedPlan(planBytes(plan)));
const jsonOf = (bytes: Uint8Array) => JSON.parse(textOf(bytes));

/** Everything that is made of a plan. */
async function everyForm(bytes: Uint8Array): Promise<string> {
  const plan = await readPlan(bytes);
  const document = planReport(plan, { ...listPrices, region: "eu-central-1" });
  const forms = [plan, document, comparePlans(document, document)].map((form) => JSON.stringify(form));
  const gate = JSON.stringify(gateResult(document, [gateRule("creates>0")], null));
  return [textOf(redactedPlan(bytes)), ...forms, gate].join("\n");
}

const aSecretChange = (
  after: unknown,
  afterSensitive: unknown,
  { before = null, beforeSensitive = false }: { before?: unknown; beforeSensitive?: unknown } = {},
) =>
  aPlannedChange({
    address: "aws_db_instance.shop",
    actions: before === null ? ["create"] : ["update"],
    before,
    after,
    change: { before_sensitive: beforeSensitive, after_sensitive: afterSensitive },
  });

const afterOf = (plan: Record<string, unknown>) =>
  jsonOf(redactedPlan(planBytes(plan))).resource_changes[0].change.after;

describe("the redacted copy of a real plan", () => {
  it("has no secret: not of a variable, a provider, a block, a list, a map, a tag, the schema, a module or an output", async () => {
    const bytes = await realPlan("sensitive");
    expect(textOf(bytes)).toContain("hunter2-of-the-database");
    const stored = textOf(redactedPlan(bytes));
    expect(stored).not.toMatch(/hunter2|variable-in-plain-text/);
    expect(await everyForm(bytes)).not.toMatch(/hunter2|variable-in-plain-text/);
    expect(stored).toContain('"password":"(sensitive)"');
  });

  it.each(["variables", "configuration", "prior_state", "planned_values", "checks", "relevant_attributes"])(
    "has no %s",
    async (part) => {
      expect(jsonOf(redactedPlan(await realPlan("sensitive")))).not.toHaveProperty(part);
    },
  );
});

describe("the redacted copy of a plan", () => {
  it("has (sensitive) in place of a marked value, whatever its kind", () => {
    const after = {
      password: "hunter2",
      port: 5432,
      is_open: true,
      zero: 0,
      empty: "",
      absent: null,
      list: ["a", "hunter2"],
      map: { a: "hunter2", b: 1 },
      block: [{ user: "u", password: "hunter2" }],
    };
    const marks = {
      password: true,
      port: true,
      is_open: true,
      zero: true,
      empty: true,
      absent: true,
      list: [false, true],
      map: { a: true },
      block: [{ password: true }],
    };
    expect(afterOf({ resource_changes: [aSecretChange(after, marks)] })).toEqual({
      password: SENSITIVE,
      port: SENSITIVE,
      is_open: SENSITIVE,
      zero: SENSITIVE,
      empty: SENSITIVE,
      absent: null,
      list: ["a", SENSITIVE],
      map: { a: SENSITIVE, b: 1 },
      block: [{ user: "u", password: SENSITIVE }],
    });
  });

  it("has (sensitive) in place of a whole object, so that its keys are not told either", () => {
    const after = { map: { "key-of-a-secret": 1 }, list: [1, 2] };
    expect(afterOf({ resource_changes: [aSecretChange(after, { map: true, list: true })] })).toEqual({
      map: SENSITIVE,
      list: SENSITIVE,
    });
    expect(afterOf({ resource_changes: [aSecretChange(after, true)] })).toBe(SENSITIVE);
  });

  it("redacts both sides by the marks of either: a value that becomes sensitive was written in plain before", () => {
    const stored = storedText({
      resource_changes: [
        aSecretChange({ password: "hunter2" }, { password: true }, { before: { password: "hunter1" } }),
        aSecretChange(
          { token: "hunter4" },
          {},
          { before: { token: "hunter3" }, beforeSensitive: { token: true } },
        ),
      ],
    });
    expect(stored).not.toContain("hunter");
  });

  it("redacts all of a value whose mark has another shape", () => {
    const stored = storedText({
      resource_changes: [
        aSecretChange({ a: "hunter2" }, { a: { b: true } }),
        aSecretChange({ a: ["hunter2"] }, { a: { b: true } }),
        aSecretChange({ a: { b: "hunter2" } }, { a: [true] }),
        aSecretChange({ a: "hunter2" }, { a: "yes" }),
      ],
    });
    expect(stored).not.toContain("hunter");
  });

  it("keeps no text of the marks themselves", () => {
    const change = aPlannedChange({
      address: "aws_sqs_queue.a",
      after: { a: 1 },
      change: { after_sensitive: { a: "hunter2" }, after_unknown: { b: "hunter2", c: [true, "hunter2"] } },
    });
    expect(storedText({ resource_changes: [change] })).not.toContain("hunter");
  });

  it("redacts tags_all as tags: the AWS provider marks a sensitive tag in tags alone", () => {
    const tags = { App: "shop", Token: "x1" };
    const after = { tags, tags_all: { ...tags, Team: "a" } };
    expect(
      afterOf({ resource_changes: [aSecretChange(after, { tags: { Token: true }, tags_all: {} })] }),
    ).toEqual({
      tags: { App: "shop", Token: SENSITIVE },
      tags_all: { App: "shop", Team: "a", Token: SENSITIVE },
    });
  });

  it("redacts what a provider repeats of a secret in another attribute, and no word that stands there anyway", () => {
    const after = {
      password: "hunter2-secret",
      url: "https://u:hunter2-secret@host",
      username: "postgres",
      engine: "postgres",
      size: "5432",
      port: "5432",
    };
    const marks = { password: true, username: true, port: true };
    expect(afterOf({ resource_changes: [aSecretChange(after, marks)] })).toEqual({
      password: SENSITIVE,
      url: SENSITIVE,
      username: SENSITIVE,
      engine: "postgres",
      size: "5432",
      port: SENSITIVE,
    });
  });

  it("redacts what repeats a sensitive variable or output in any resource", () => {
    const plan = {
      variables: { password: { value: "hunter2-given" } },
      configuration: {
        root_module: { variables: { password: { sensitive: true, default: "hunter2-default" } } },
      },
      output_changes: {
        out: { actions: ["create"], before: null, after: "hunter2-output", after_sensitive: true },
      },
      resource_changes: [
        aSecretChange({ a: "is hunter2-given", b: ["hunter2-default"], c: { d: "hunter2-output" } }, {}),
      ],
    };
    expect(storedText(plan)).not.toContain("hunter");
  });

  it("has no value of an output, no message of a check and nothing of keys that are not known", () => {
    const stored = storedText({
      output_changes: { out: { actions: ["update"], before: "hunter2", after: "hunter3" } },
      checks: [
        {
          address: { to_display: "check.size" },
          status: "fail",
          instances: [{ problems: [{ message: "hunter2" }] }],
        },
      ],
      action_invocations: [{ config_values: { token: "hunter2" } }],
      resource_changes: [
        {
          ...aSecretChange({ a: 1 }, {}),
          of_later: "hunter2",
          change: {
            ...(aSecretChange({ a: 1 }, {}).change as object),
            generated_config: 'password = "hunter2"',
            before_identity: { token: "hunter2" },
          },
        },
      ],
    });
    expect(stored).not.toContain("hunter");
    expect(stored).toContain("check.size");
  });

  it("redacts drift as it redacts changes", () => {
    const stored = storedText({
      resource_drift: [
        aSecretChange({ password: "hunter2" }, { password: true }, { before: { password: "hunter1" } }),
      ],
    });
    expect(stored).not.toContain("hunter");
  });

  it("has no constant of the configuration, and repeats no size that is sensitive", () => {
    const block = { device_name: "/dev/sdf", volume_size: 50 };
    const stored = storedText({
      resource_changes: [
        aPlannedChange({
          address: "aws_instance.web",
          after: { ebs_block_device: [block] },
          change: { after_sensitive: { ebs_block_device: [{ volume_size: true }] } },
        }),
      ],
      configuration: {
        provider_config: { aws: { expressions: { secret_key: { constant_value: "hunter2" } } } },
        root_module: {
          resources: [
            aConfiguredResource("aws_instance.web", {
              user_data: { constant_value: "hunter2" },
              ebs_block_device: [
                { device_name: { constant_value: "/dev/sdf" }, volume_size: { constant_value: 4711 } },
              ],
            }),
          ],
        },
      },
    });
    expect(stored).not.toMatch(/hunter2|4711/);
  });

  it("says which sensitive values change, and not what they are", async () => {
    const change = aSecretChange(
      { a: "x", b: "y", c: [{ d: 1 }] },
      { a: true, b: true, c: [{ d: true }] },
      { before: { a: "x", b: "z", c: [{ d: 2 }] } },
    );
    const plan = await readPlan(planBytes({ resource_changes: [change] }));
    expect(plan.changes[0]?.sensitiveChanges).toEqual(["b", "c.0.d"]);
  });

  it("holds keys such as __proto__ and constructor as they are, and redacts below them", () => {
    const change = JSON.stringify(aSecretChange("AFTER", "MARKS"))
      .replace('"AFTER"', '{"__proto__":{"p":"hunter2","q":"plain"},"constructor":"hunter2","x":1}')
      .replace('"MARKS"', '{"__proto__":{"p":true},"constructor":true}');
    const bytes = new TextEncoder().encode(`{"format_version":"1.2","resource_changes":[${change}]}`);
    const stored = textOf(redactedPlan(bytes));
    expect(stored).not.toContain("hunter");
    expect(stored).toContain('"__proto__":{"p":"(sensitive)","q":"plain"}');
    expect(({} as Record<string, unknown>).q).toBeUndefined();
  });

  it("is redacted again to the same bytes, and read as the same plan", async () => {
    for (const name of [
      "sensitive",
      "actions",
      "drifted",
      "ebs-block-device",
      "providers",
      "modules",
      "unknown",
    ]) {
      const bytes = await realPlan(name);
      const stored = redactedPlan(bytes);
      expect(textOf(redactedPlan(stored))).toBe(textOf(stored));
      expect(await readPlan(stored)).toEqual(await readPlan(bytes));
    }
  });

  it("cannot be forged: a plan that says it is redacted is redacted all the same", () => {
    const plan = {
      dapanoskop_redacted: 1,
      resource_changes: [
        {
          ...aSecretChange({ password: "hunter2" }, { password: true }),
          region: "hunter2-a",
          change: {
            ...(aSecretChange({ password: "hunter2" }, { password: true }).change as object),
            written_not_planned: { a: "hunter2-of-a-forgery" },
          },
        },
      ],
    };
    expect(storedText(plan)).not.toContain("hunter");
  });
});

/** A value, its marks, and the secrets that were planted under true marks. */
interface Planted {
  readonly value: unknown;
  readonly mark: unknown;
  readonly secrets: readonly string[];
}

let planted = 0;
const nextPlanted = () => {
  planted += 1;
  return planted;
};
const secretText = () => `planted-${nextPlanted()}-Zq7`;
const secretNumber = () => 735_000_000_000 + nextPlanted();

const leaf = fc.oneof(fc.constant("plain"), fc.integer({ min: 0, max: 99 }), fc.boolean(), fc.constant(null));
const key = fc.oneof(
  fc.constantFrom("a", "b", "tags", "__proto__", "constructor", "toString", "0", "ä.b c", 'q"\\'),
  fc.string({ minLength: 1, maxLength: 4 }),
);

const { tree } = fc.letrec<{ tree: Planted; node: Planted }>((tie) => ({
  tree: fc.oneof({ maxDepth: 6, withCrossShrink: true }, tie("node"), tie("node")),
  node: fc.oneof(
    leaf.map((value): Planted => ({ value, mark: false, secrets: [] })),
    fc.constantFrom("text", "number", "object", "list").map((kind): Planted => {
      const [text, number] = [secretText(), secretNumber()];
      const secrets = [text, String(number)];
      const values: Readonly<Record<string, unknown>> = {
        text,
        number,
        object: { [text]: number, deep: [text] },
        list: [number, { a: text }],
      };
      return { value: values[kind], mark: true, secrets };
    }),
    fc.array(tie("tree"), { maxLength: 4 }).map(
      (children): Planted => ({
        value: children.map(({ value }) => value),
        mark: children.map(({ mark }) => mark),
        secrets: children.flatMap(({ secrets }) => secrets),
      }),
    ),
    fc.dictionary(key, tie("tree"), { maxKeys: 5 }).map((children): Planted => {
      const entries = Object.entries(children);
      return {
        value: Object.fromEntries(entries.map(([name, { value }]) => [name, value])),
        mark: Object.fromEntries(entries.map(([name, { mark }]) => [name, mark])),
        secrets: entries.flatMap(([, { secrets }]) => secrets),
      };
    }),
  ),
}));

describe("a planted secret", () => {
  it("is in no form of the plan, whatever its nesting and whichever side is marked", async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(
        tree,
        tree,
        fc.boolean(),
        fc.boolean(),
        async (one, other, isDrift, isMarkedBefore) => {
          const change = aPlannedChange({
            address: "aws_instance.web",
            actions: ["update"],
            before: { one: one.value, other: other.value },
            after: { one: one.value, other: other.value },
            change: {
              before_sensitive: isMarkedBefore ? { one: one.mark } : { one: one.mark, other: other.mark },
              after_sensitive: isMarkedBefore ? { other: other.mark } : {},
            },
          });
          const forms = await everyForm(
            planBytes(isDrift ? { resource_drift: [change] } : { resource_changes: [change] }),
          );
          const secrets = [...one.secrets, ...other.secrets];
          found += secrets.length;
          expect(secrets.filter((secret) => forms.includes(secret))).toEqual([]);
        },
      ),
      { numRuns: 400 },
    );
    // A test that plants nothing shows nothing.
    expect(found).toBeGreaterThan(400);
  });

  it("is not in the question for a region, either", async () => {
    const change = aPlannedChange({
      address: "aws_nat_gateway.n",
      actions: ["create"],
      after: { token: "hunter2" },
      change: { after_sensitive: { token: true } },
    });
    const plan = await readPlan(planBytes({ resource_changes: [change] }));
    expect(() => planReport(plan, listPrices)).not.toThrow(/hunter2/);
  });
});

describe("a secret that stands in a plan a second time", () => {
  const secretOf = (at: number) => `hunter-${at}-of-the-database`;

  it("is found inside of other texts, however many secrets there are", () => {
    const secrets = Array.from({ length: 300 }, (_, at) => secretOf(at));
    const after = {
      secrets,
      url: `postgres://u:${secretOf(299)}@db/shop`,
      plain: "hunter-300-of-the-database",
    };
    const of = (plan: Record<string, unknown>) => afterOf(plan);
    expect(of({ resource_changes: [aSecretChange(after, { secrets: true })] })).toEqual({
      secrets: SENSITIVE,
      url: SENSITIVE,
      plain: "hunter-300-of-the-database",
    });
    const variables = Object.fromEntries(secrets.map((value, at) => [`v${at}`, { value }]));
    const declared = Object.fromEntries(secrets.map((_, at) => [`v${at}`, { sensitive: true }]));
    const plan = { variables, configuration: { root_module: { variables: declared } } };
    expect(of({ ...plan, resource_changes: [aSecretChange({ url: after.url }, {})] })).toEqual({
      url: SENSITIVE,
    });
  });

  it("is found in JSON and in addresses, with what they escape", () => {
    const secret = 'line 1\n"quoted" <&> ünd/or';
    const after = {
      secret,
      json: JSON.stringify({ password: secret }),
      // Terraform's jsonencode escapes these three as well.
      terraform: JSON.stringify([secret]).replace(
        /[<>&]/g,
        (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`,
      ),
      address: `https://host/?password=${encodeURIComponent(secret)}&x=1`,
      trimmed: 'line 1\n"quoted" <&> ünd/or',
    };
    const stored = afterOf({
      resource_changes: [aSecretChange({ ...after, secret: `${secret}\n` }, { secret: true })],
    });
    expect(new Set(Object.values(stored))).toEqual(new Set([SENSITIVE]));
  });

  it("is found as a key and as a number, too", () => {
    const after = { pin: 482_913_775, copy: 482_913_775, text: "pin 482913775", map: { "pin 482913775": 1 } };
    expect(storedText({ resource_changes: [aSecretChange(after, { pin: true })] })).not.toContain(
      "482913775",
    );
  });

  it("is redacted in drift by the marks of its change, and the other way round", () => {
    const marked = aSecretChange({ a: "x", token: "hunter2" }, { token: true });
    const plain = aSecretChange({ a: "y", token: "hunter3" }, {}, { before: { a: "x", token: "hunter1" } });
    for (const [change, drift] of [
      [marked, plain],
      [plain, marked],
    ]) {
      const stored = storedText({ resource_changes: [change], resource_drift: [drift] });
      expect(stored).not.toContain("hunter");
      expect(stored).toContain('"a":"y"');
    }
  });

  it("is not told by a path or an unknown value below what is sensitive as a whole", () => {
    const change = aPlannedChange({
      address: "aws_instance.a",
      actions: ["delete", "create"],
      before: { tags: { hunter2: "a" }, disk: [{ kind: "b" }] },
      after: { tags: { hunter2: "c" }, disk: [{ kind: "d" }] },
      change: {
        after_sensitive: { tags: true, disk: [{ size: true }] },
        after_unknown: { tags: { hunter2: true }, disk: [{ kind: true }] },
        replace_paths: [
          ["tags", "hunter2"],
          ["disk", 0, "kind"],
        ],
      },
    });
    const plan = { resource_changes: [change] };
    expect(storedText(plan)).not.toContain("hunter");
    const [stored] = jsonOf(redactedPlan(planBytes(plan))).resource_changes;
    expect(stored.change.replace_paths).toEqual(["tags", "disk.0.kind"]);
    expect(stored.change.after_unknown).toEqual({ disk: [{ kind: true }], tags: true });
  });
});

describe("a plan that is made to take long", () => {
  // Each would take hours, or more memory than there is, where time grew with the square of its size.
  const many = 20_000;
  const numbers = (from: number) => Array.from({ length: many }, (_, at) => ({ a: from + at }));

  it("has lists of many elements that all differ", async () => {
    const drift = aPlannedChange({
      address: "aws_instance.a",
      actions: ["update"],
      before: { list: numbers(0), tag: numbers(0).map(({ a }) => ({ key: `k${a}` })) },
      after: { list: numbers(many), tag: numbers(many).map(({ a }) => ({ key: `k${a}` })) },
    });
    const plan = await readPlan(planBytes({ resource_drift: [drift] }));
    expect(planReport(plan, listPrices).drift.changed).toBe(1);
  });

  it("has many instances of a resource with many blocks", async () => {
    const block = (at: number) => ({
      device_name: { constant_value: `d${at}` },
      volume_size: { constant_value: 2 },
    });
    const blocks = numbers(0).map(({ a }) => block(a));
    const configured = { ...aConfiguredResource("aws_instance.a", { ebs_block_device: blocks }) };
    const instances = numbers(0).map(({ a }) =>
      aPlannedChange({
        address: `aws_instance.a[${a}]`,
        after: { ebs_block_device: [{ device_name: `d${a}`, volume_size: 1 }] },
      }),
    );
    const configuration = { root_module: { resources: [configured] } };
    const { changes } = await readPlan(planBytes({ configuration, resource_changes: instances }));
    expect(changes.every(({ writtenNotPlanned }) => Object.values(writtenNotPlanned)[0] === 2)).toBe(true);
  });

  it("has many instances of a resource with many references: it is refused before they are written out", () => {
    const references = Object.fromEntries(
      numbers(0).map(({ a }) => [`x${a}`, { references: [`aws_instance.b${a}`] }]),
    );
    for (const module of ["", "module.m."]) {
      const resources = [aConfiguredResource("aws_instance.a", references)];
      const root = module === "" ? { resources } : { module_calls: { m: { module: { resources } } } };
      const instances = numbers(0).map(({ a }) =>
        aPlannedChange({ address: `${module}aws_instance.a[${a}]` }),
      );
      const plan = planBytes({ configuration: { root_module: root }, resource_changes: instances });
      expect(() => redactedPlan(plan)).toThrow(expect.objectContaining({ kind: "too_large" }));
    }
  });

  it("has secrets and texts that begin alike: what is not searched in time counts as secret", () => {
    const secrets = numbers(0).map(({ a }) => `${"a".repeat(100 + (a % 50))}${a}`);
    const after = { secrets, text: "a".repeat(1_000_000), other: "b" };
    const plan = { resource_changes: [aSecretChange(after, { secrets: true })] };
    expect(afterOf(plan)).toEqual({ other: "b", secrets: SENSITIVE, text: SENSITIVE });
  });

  it("has objects where it has texts: they are not made texts of", async () => {
    const odd = JSON.parse('{"toString":1,"valueOf":2}');
    const change = aPlannedChange({
      address: "aws_instance.a",
      after: { ebs_block_device: [{ device_name: "d", volume_size: odd }] },
      change: { replace_paths: [odd, [odd, "a"]] },
    });
    const blocks = [{ device_name: { constant_value: "d" }, volume_size: { constant_value: 2 } }];
    const resources = [aConfiguredResource("aws_instance.a", { ebs_block_device: blocks })];
    const plan = { configuration: { root_module: { resources } }, resource_changes: [change] };
    const [read] = (await readPlan(planBytes(plan))).changes;
    expect(read?.replacePaths).toEqual(["", ".a"]);
  });
});
