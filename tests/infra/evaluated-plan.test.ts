import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Values } from "../../infra/inputs.ts";
import { evaluate } from "../../packages/terraform/src/evaluate.ts";
import { type ModulePlans, modulePlans } from "./support/module-plans.ts";
import { everything, least, synthesis, TOPIC } from "./support/the-system.ts";
import { findTools, toolsMissing } from "./support/tools.ts";

// Policies, alarms, prices and the parity of both renderings are tested on the synthesis as evaluate.ts evaluates it,
// without Terraform. Where Terraform is installed, this test compares that evaluation with a plan.

const tools = findTools();
const missing = toolsMissing(tools);

const { domain_name, acm_certificate_arn } = everything;
const domain = { domain_name, acm_certificate_arn };

/** A value that only an apply or the files of a release decide. */
const isOpen = (value: unknown) =>
  typeof value === "string" && /\baws_\w+\.\w+|\blocal\.|\beach\.|\bfile(base64sha256)?\(/.test(value);

/** Whether a planned value is the evaluated one: open values are any, lists have any order, a plan may add arguments. */
function matches(evaluated: unknown, planned: unknown): boolean {
  if ([evaluated].flat().some(isOpen)) return true;
  if (Array.isArray(evaluated)) {
    const others = Array.isArray(planned) ? planned : [];
    const isFound = (one: unknown) => others.some((other) => matches(one, other));
    return others.length === evaluated.length && evaluated.every(isFound);
  }
  if (typeof evaluated === "object" && evaluated !== null)
    return differences(evaluated, planned).length === 0;
  if (typeof evaluated === "string" && /^[{[]/.test(evaluated) && typeof planned === "string") {
    return isDeepStrictEqual(JSON.parse(evaluated), JSON.parse(planned));
  }
  return String(evaluated) === String(planned);
}

/** The arguments that a plan has otherwise, or not at all. */
const differences = (evaluated: object, planned: unknown) =>
  Object.entries(evaluated)
    .map(([name, one]) => [name, one, (planned as Readonly<Record<string, unknown>> | undefined)?.[name]])
    .filter(([, one, other]) => !matches(one, other));

describe.skipIf(missing !== null)(`the evaluated synthesis and a plan. ${missing ?? ""}`, () => {
  let plans: ModulePlans;
  beforeAll(async () => {
    plans = await modulePlans(tools);
  });
  afterAll(() => plans?.remove());

  it.each<[string, Partial<Values>]>([
    ["the required inputs", least],
    // With a domain: the address of a distribution is not known before the apply.
    ["a report to a topic alone", { ...least, ...domain, report_topic_arn: TOPIC }],
    ["every input", { ...least, ...everything }],
  ])("are the same with %s", { timeout: 240_000 }, async (_, inputs) => {
    const { resource_changes = [] } = await plans.plan(inputs);
    const ofFiles = /^aws_s3_object\.page(_assets)?\[/;
    const planned = new Map(
      resource_changes
        .filter(({ address }) => address.startsWith("aws_") && !ofFiles.test(address))
        .map(({ address, change }) => [address.replace(/\[0\]$/, ""), change.after]),
    );
    const { resources } = evaluate(synthesis, { inputs, accountId: plans.account });
    const evaluated = resources.filter(({ mode, address }) => mode === "resource" && !ofFiles.test(address));
    expect(evaluated.map(({ address }) => address).sort()).toEqual([...planned.keys()].sort());
    for (const { address, args } of evaluated) {
      expect(differences(args, planned.get(address)), address).toEqual([]);
    }
  });
});

it("a value, a block, a list or a document that differs is found; an order, an addition or an open value is no difference", () => {
  const evaluated = {
    a: 1,
    b: [{ c: "x" }],
    l: ["x", "y"],
    p: '{"b":1,"a":[2]}',
    arn: "aws_s3_bucket.data.arn",
  };
  const planned = { more: 1, a: "1", b: [{ c: "x" }], l: ["y", "x"], p: '{"a":[2],"b":1}', arn: null };
  expect(differences(evaluated, planned)).toEqual([]);
  const other = { a: 2, b: [{ c: "y" }], l: ["x", "y", "z"], p: '{"a":[2],"b":1,"c":1}', arn: null };
  expect(differences(evaluated, other).map(([name]) => name)).toEqual(["a", "b", "l", "p"]);
});
