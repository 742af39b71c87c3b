import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Values } from "../../infra/inputs.ts";
import { variableOf } from "../../infra/read-inputs.ts";
import { evaluate } from "../../packages/terraform/src/evaluate.ts";
import { buildPageWhenNeeded } from "../../scripts/build-page.mjs";
import { type Comparable, fromModule, fromSst, HERE } from "./support/both-renderings.ts";
import { type EvaluatedStack, evaluateSst } from "./support/evaluate-sst.ts";
import { everything, synthesis } from "./support/the-system.ts";

// Both renderings of infra/, evaluated for the same inputs and laid side by side, argument by argument.

const STAGE = "staging";

const least = {
  cognito_user_pool_id: "eu-central-1_AbCdEfGhI",
  cognito_domain: "my-org.auth.eu-central-1.amazoncognito.com",
} as const satisfies Partial<Values>;

/** What SST makes and the module does not. */
const SST_ALONE: ReadonlyMap<string, string> = new Map([
  [
    "aws_s3_object.CollectCode",
    "SST uploads the code to its own bucket; the module hands the zip to Lambda.",
  ],
  ["aws_s3_object.SessionCode", "As above."],
  [
    "aws_cloudfront_function.PageCloudfrontFunctionRequest",
    "SST's router of static sites; no behaviour calls it.",
  ],
  ["aws:cloudfront/keyValueStore:KeyValueStore.PageKvStore", "What that router would read."],
]);

/** What the module makes and SST has in another form. */
const MODULE_ALONE: ReadonlyMap<string, string> = new Map([
  [
    "aws_s3_object.page[each.key]",
    "SST uploads the page by a resource of its own, which Terraform does not have.",
  ],
  ["aws_s3_object.page_assets[each.key]", "As above."],
]);

/** Arguments of the functions that have to do with how code gets there. */
const DELIVERY = [
  "filename",
  "source_code_hash",
  "handler",
  "s3_bucket",
  "s3_key",
  "package_type",
  "publish",
];

const cases: readonly (readonly [string, Partial<Values>])[] = [
  ["the least that can be given", least],
  ["everything that can be given", { ...least, ...everything }],
];

describe.each(cases)("the module and SST's stack, with %s", (_, inputs) => {
  let stack: EvaluatedStack;
  let module: Comparable;
  let sst: Comparable;

  beforeAll(async () => {
    if (!buildPageWhenNeeded()) throw new Error("The page could not be built. Run npm run build to see why.");
    const environment = Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [
        variableOf(name),
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    );
    stack = await evaluateSst({ stage: STAGE, environment });
    sst = fromSst(stack);
    const { resources, outputs, refusals } = evaluate(synthesis, {
      inputs: { ...inputs, name_prefix: `dapanoskop-${STAGE}`, environment: STAGE },
      region: HERE.region,
      accountId: HERE.account,
    });
    module = fromModule({ resources, outputs, refusals });
  });

  it("have the same resources, but for those that are named with a reason", () => {
    const both = (side: Comparable, alone: ReadonlyMap<string, string>) =>
      [...side.keys()].filter((address) => !alone.has(address)).sort();
    expect(both(sst, SST_ALONE)).toEqual(both(module, MODULE_ALONE));
    for (const address of SST_ALONE.keys()) expect([...sst.keys()]).toContain(address);
    for (const address of MODULE_ALONE.keys()) expect([...module.keys()]).toContain(address);
  });

  it("say the same of functions: memory, timeout, environment, role, log", () => {
    for (const name of ["collect", "session"]) {
      const address = `aws_lambda_function.${name}`;
      expect(withoutDelivery(sst.get(address))).toEqual(withoutDelivery(module.get(address)));
    }
  });

  it("say the same of the page's distribution: origins, behaviours, certificate", () => {
    const address = "aws_cloudfront_distribution.page";
    expect(withoutDefaults(sst.get(address))).toEqual(withoutDefaults(module.get(address)));
  });

  it("run the same functions at the edge", () => {
    for (const name of ["page-request", "data-request"]) {
      const address = `aws_cloudfront_function.request["${name}"]`;
      const [ours, theirs] = [module.get(address), sst.get(address)] as Record<string, unknown>[];
      expect(ours?.code).toBe(`file("\${path.module}/edge/${name}.js")`);
      expect(theirs?.code).toBe(
        readFileSync(new URL(`../../infra/edge/${name}.js`, import.meta.url), "utf8"),
      );
      expect({ ...theirs, code: "" }).toEqual({ ...ours, code: "" });
    }
  });

  it("say the same of everything else: permissions, schedules, buckets, alarms, keys, sign-in", () => {
    const compared = [...module.keys()].filter(
      (address) =>
        !MODULE_ALONE.has(address) &&
        !/^aws_(lambda_function|cloudfront_distribution|cloudfront_function)\./.test(address),
    );
    expect(compared.length).toBeGreaterThan(30);
    const differing = compared
      .filter((address) => !equal(withoutChance(sst.get(address)), withoutChance(module.get(address))))
      .map((address) => [address, withoutChance(sst.get(address)), withoutChance(module.get(address))]);
    expect(differing).toEqual([]);
  });

  it("give the same outputs by name", () => {
    const { outputs } = evaluate(synthesis, { inputs });
    const given = Object.keys(stack.outputs).filter((name) => !name.startsWith("_"));
    const ours = Object.keys(outputs).filter((name) => outputs[name] !== null);
    expect(given.sort()).toEqual(ours.sort());
  });
});

describe("what is wrong only together", () => {
  const key = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  it.each<[string, Partial<Values>]>([
    ["a domain without a certificate", { domain_name: "costs.example.com" }],
    ["a pool of another region", { cognito_user_pool_id: "eu-west-1_AbCdEfGhI" }],
    ["a key of another region", { kms_key_arn: key }],
  ])("is refused by both, before anything is made: %s", async (_, given) => {
    const inputs = { ...least, ...given };
    const { refusals } = evaluate(synthesis, { inputs, region: HERE.region });
    expect(refusals).toHaveLength(1);
    const environment = Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [variableOf(name), String(value)]),
    );
    await expect(evaluateSst({ stage: STAGE, environment })).rejects.toThrow(refusals[0]);
  });
});

describe("a difference between the renderings", () => {
  it("is seen, whatever it is in", () => {
    const side = new Map([["aws_sqs_queue.x", { name: "a", sqs_managed_sse_enabled: "true" }]]);
    expect(equal(side.get("aws_sqs_queue.x"), { name: "a", sqs_managed_sse_enabled: "false" })).toBe(false);
    expect(equal(side.get("aws_sqs_queue.x"), { name: "a" })).toBe(false);
    expect(equal(side.get("aws_sqs_queue.x"), undefined)).toBe(false);
  });
});

const equal = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

function withoutDelivery(args: unknown): unknown {
  const { environment, ephemeral_storage, ...others } = args as Record<string, unknown>;
  const kept = Object.entries(others).filter(([name]) => !DELIVERY.includes(name));
  const [{ variables }] = environment as [{ variables: Record<string, unknown> }];
  // SST's own are for its links, which we do not use; a function's disk is Lambda's default in both.
  const own = Object.entries(variables).filter(([name]) => !name.startsWith("SST_"));
  expect([undefined, [{ size: "512" }]]).toContainEqual(ephemeral_storage);
  return { ...Object.fromEntries(kept), environment: Object.fromEntries(own) };
}

/** SST says some defaults of Terraform's, and the other way around. */
function withoutDefaults(args: unknown): unknown {
  const { wait_for_deployment, viewer_certificate, ...others } = args as Record<string, unknown>;
  const [certificate] = viewer_certificate as [Record<string, unknown>];
  // Whoever has no certificate of his own has TLSv1 by CloudFront's doing, said or not.
  const { minimum_protocol_version = "TLSv1", ...rest } = certificate;
  return { ...others, viewer_certificate: { minimum_protocol_version, ...rest } };
}

/** Names that nobody chose, and a function that is meant by its ARN where the module says its name. */
function withoutChance(args: unknown): unknown {
  const { target_id, statement_id, ...others } = args as Record<string, unknown>;
  const [, lambda] = /^aws_lambda_function\.(\w+)\.arn$/.exec(String(others.function_name)) ?? [];
  return lambda === undefined ? others : { ...others, function_name: `dapanoskop-${STAGE}-${lambda}` };
}
