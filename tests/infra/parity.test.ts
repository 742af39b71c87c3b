import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Values } from "../../infra/inputs.ts";
import { variableOf } from "../../infra/read-inputs.ts";
import { evaluate } from "../../packages/terraform/src/evaluate.ts";
import { buildPageWhenNeeded } from "../../scripts/build-page.mjs";
import { evaluateSst } from "./support/evaluate-sst.ts";
import { fromModule, fromSst, type Rendering } from "./support/renderings.ts";
import { type EvaluatedStack, PLACE } from "./support/sst-stack.ts";
import { everything, least, synthesis } from "./support/the-system.ts";

// Both renderings of infra/, evaluated for the same inputs and compared argument by argument.

const STAGE = "staging";

/** Resources of one rendering alone, and why. */
const SST_ALONE = {
  "aws_s3_object.CollectCode": "SST uploads the code to its own bucket; the module gives the zip to Lambda.",
  "aws_s3_object.SessionCode": "The same for the session function.",
  "aws_s3_object.ReportCode": "The same for the report's function, where there is one.",
  "aws_s3_object.ApiCode": "The same for the function of the API, where it is enabled.",
  "aws_s3_object.MailEventsCode": "The same for the function of SES's events.",
  "aws_cloudfront_function.PageCloudfrontFunctionRequest":
    "SST's router of static sites; no behaviour uses it.",
  "aws:cloudfront/keyValueStore:KeyValueStore.PageKvStore": "The data of that router.",
};
const MODULE_ALONE = {
  "aws_s3_object.page[each.key]": "SST uploads the page by a resource that Terraform does not have.",
  "aws_s3_object.page_assets[each.key]": "The same for the page's assets.",
};

type ResourceArguments = Record<string, unknown>;

/** Differences by type that mean the same, or that are about how code reaches AWS. */
const NORMALISED: Readonly<
  Record<string, (args: ResourceArguments, isSst: boolean, address: string) => unknown>
> = {
  aws_lambda_function({ environment, ephemeral_storage, ...others }) {
    const delivery = /^(filename|source_code_hash|handler|s3_bucket|s3_key|package_type|publish)$/;
    const kept = Object.entries(others).filter(([name]) => !delivery.test(name));
    const [{ variables }] = environment as [{ variables: ResourceArguments }];
    // SST's own variables are for its links, which the system does not use.
    const own = Object.entries(variables).filter(([name]) => !name.startsWith("SST_"));
    // SST writes Lambda's default for the disk.
    expect([undefined, [{ size: "512" }]]).toContainEqual(ephemeral_storage);
    return { ...Object.fromEntries(kept), environment: Object.fromEntries(own) };
  },
  aws_cloudfront_distribution({ wait_for_deployment, viewer_certificate, ...others }) {
    // CloudFront uses TLSv1 for its own certificate, whether an argument names it or not.
    const [certificate] = viewer_certificate as [ResourceArguments];
    return { ...others, viewer_certificate: { minimum_protocol_version: "TLSv1", ...certificate } };
  },
  aws_cloudfront_function({ code, ...others }, isSst, address) {
    const [, name] = /\["(.+)"\]$/.exec(address) ?? [];
    const source = readFileSync(new URL(`../../infra/edge/${name}.js`, import.meta.url), "utf8");
    // The exporter writes the domain with replace(), which the evaluator cannot apply to a file.
    const domain = /^const DOMAIN_NAME = "(costs\.example\.com)?";$/m;
    const ofSst = String(code).replace(domain, 'const DOMAIN_NAME = "";');
    if (isSst) expect(ofSst).toBe(source);
    else expect(code).toBe(`file("\${path.module}/edge/${name}.js")`);
    return others;
  },
};

/** Ids that no input decides, and a function by its name where SST has its ARN. */
function withoutIds({ target_id, statement_id, ...others }: ResourceArguments): unknown {
  const [, lambda] = /^aws_lambda_function\.(\w+)\.arn$/.exec(String(others.function_name)) ?? [];
  return lambda === undefined ? others : { ...others, function_name: `dapanoskop-${STAGE}-${lambda}` };
}

function normalised(rendering: Rendering, alone: object, isSst: boolean): ResourceArguments {
  const shared = [...rendering].filter(([address]) => !Object.hasOwn(alone, address));
  return Object.fromEntries(
    shared.map(([address, args]) => {
      const normalise = NORMALISED[address.split(".")[0] ?? ""] ?? withoutIds;
      return [address, normalise(args as ResourceArguments, isSst, address)];
    }),
  );
}

const environmentOf = (inputs: Partial<Values>) =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      variableOf(name),
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );

describe.each<[string, Partial<Values>]>([
  ["the required inputs", least],
  ["every input", { ...least, ...everything }],
])("the module and SST's stack, with %s", (_, inputs) => {
  let stack: EvaluatedStack;
  let module: Rendering;
  let sst: Rendering;

  beforeAll(async () => {
    if (!buildPageWhenNeeded()) throw new Error("The page could not be built. Run npm run build to see why.");
    stack = await evaluateSst({ stage: STAGE, environment: environmentOf(inputs) });
    sst = fromSst(stack);
    module = fromModule(
      evaluate(synthesis, {
        inputs: { ...inputs, name_prefix: `dapanoskop-${STAGE}`, environment: STAGE },
        ...PLACE,
      }),
    );
  });

  it("have the same resources with the same arguments", () => {
    const ofModule = normalised(module, MODULE_ALONE, false);
    expect(Object.keys(ofModule).length).toBeGreaterThan(35);
    expect(normalised(sst, SST_ALONE, true)).toEqual(ofModule);
  });

  it("have each of the resources that only one of them has", () => {
    const withReport = module.has("aws_lambda_function.report");
    const names = Object.keys(SST_ALONE).filter((name) => withReport || !/\.(Report|Mail|Api)/.test(name));
    expect([...sst.keys()]).toEqual(expect.arrayContaining(names));
    expect([...module.keys()]).toEqual(expect.arrayContaining(Object.keys(MODULE_ALONE)));
  });

  it("have the same outputs by name", () => {
    const { outputs } = evaluate(synthesis, { inputs });
    const ofSst = stack.outputs.filter((name) => !name.startsWith("_"));
    expect([...ofSst].sort()).toEqual(
      Object.keys(outputs)
        .filter((name) => outputs[name] !== null)
        .sort(),
    );
  });
});

describe("inputs that are wrong together", () => {
  const key = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  it.each<[string, Partial<Values>]>([
    ["a domain without a certificate", { domain_name: "costs.example.com" }],
    ["a pool of another region", { cognito_user_pool_id: "eu-west-1_AbCdEfGhI" }],
    ["a key of another region", { kms_key_arn: key }],
    ["mails without a sender", { report_recipients: ["finance@example.com"] }],
    ["an audience by mail without a sender", { report_audiences: '[{"name":"a","channel":"mail"}]' }],
  ])("are refused by both renderings before a resource is created: %s", async (_, given) => {
    const inputs = { ...least, ...given };
    const { refusals } = evaluate(synthesis, { inputs, region: PLACE.region });
    expect(refusals).toHaveLength(1);
    const evaluated = evaluateSst({ stage: STAGE, environment: environmentOf(inputs) });
    await expect(evaluated).rejects.toThrow(refusals[0]);
  });
});
