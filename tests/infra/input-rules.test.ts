import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inputTable } from "../../infra/inputs.ts";
import { holds, InputsError, readInputs, variableOf } from "../../infra/read-inputs.ts";
import { TOP_LEVEL, toHcl } from "../../packages/terraform/src/hcl/value.ts";
import { conditionOf, variableTable } from "../../packages/terraform/src/module/variables.ts";
import { inputCases } from "./support/input-cases.ts";
import { aTerraform } from "./support/terraform.ts";
import { findTools, toolsMissing } from "./support/tools.ts";

/** Every value of the table under every rule of its input. */
const questions = Object.entries(inputCases).flatMap(([name, { good, bad }]) =>
  [...good, ...bad].flatMap((value) =>
    (variableTable[name]?.rules ?? []).map((rule) => ({ name, value, rule, isGood: good.includes(value) })),
  ),
);

const shown = (value: unknown) => JSON.stringify(value);

describe("the rules of the inputs, in SST's rendering", () => {
  const verdicts = (wanted: boolean) => {
    const values = new Map<string, boolean>();
    for (const { name, value, rule, isGood } of questions.filter((one) => one.isGood === wanted)) {
      const place = `${name} = ${shown(value)}`;
      values.set(place, (values.get(place) ?? true) && holds(rule, value));
      expect(isGood).toBe(wanted);
    }
    return values;
  };

  it("let good values pass", () => {
    expect([...verdicts(true)].filter(([, passed]) => !passed)).toEqual([]);
  });

  it("stop each bad one", () => {
    expect([...verdicts(false)].filter(([, passed]) => passed)).toEqual([]);
  });

  it("are all tried: each stops a value of the table", () => {
    const idle = Object.entries(variableTable).flatMap(([name, { rules = [] }]) =>
      rules.filter((rule) => !(inputCases[name]?.bad ?? []).some((value) => !holds(rule, value))),
    );
    expect(idle.map(({ sentence }) => sentence)).toEqual([]);
  });

  it("say their sentence where an input is read", () => {
    const required = { cognito_user_pool_id: "eu-central-1_AbCdEfGhI", cognito_domain: "login.example.com" };
    for (const [name, { bad }] of Object.entries(inputCases)) {
      const spec = inputTable[name as keyof typeof inputTable];
      if (spec === undefined) continue;
      // An empty text is as good as none.
      for (const value of bad.filter((one) => one !== "")) {
        const text = typeof value === "string" ? value : JSON.stringify(value);
        const environment = Object.fromEntries(
          Object.entries({ ...required, [name]: text }).map(([input, given]) => [variableOf(input), given]),
        );
        const sentences = (spec.rules ?? [])
          .filter((rule) => !holds(rule, value))
          .map((rule) => rule.sentence);
        expect(() => readInputs(environment), `${name} = ${shown(value)}`).toThrow(
          new InputsError(sentences),
        );
      }
    }
  });
});

const tools = findTools();
const missing = toolsMissing(tools, ["terraform", "plugins"]);

describe.skipIf(missing !== null)(`the rules of the inputs, in the module. ${missing ?? ""}`, () => {
  let module: string;
  beforeAll(async () => {
    module = await mkdtemp(join(tmpdir(), "dapanoskop-rules-"));
  });
  afterAll(() => rm(module, { recursive: true, force: true }));

  it("judge every value as in SST's rendering", { timeout: 300_000 }, async () => {
    // The conditions of variables.tf, each with a variable of the input's own type: all of them in one plan.
    const blocks = questions.map(({ name, value, rule }, at) => {
      const spec = variableTable[name];
      if (spec === undefined) throw new Error(`There is no input ${name}.`);
      const condition = conditionOf(name, spec, rule).replaceAll(`var.${name}`, `var.v${at}`);
      const variable = `variable "v${at}" {\n  type = ${spec.type}\n  default = ${toHcl(value, TOP_LEVEL)}\n}\n`;
      return `${variable}output "o${at}" {\n  value = ${condition}\n}\n`;
    });
    await writeFile(join(module, "main.tf"), blocks.join("\n"));
    const terraform = await aTerraform({ tools, module });
    try {
      const { planned_values } = await (await terraform.plan()).json();
      const outputs = planned_values.outputs as Readonly<Record<string, { readonly value: boolean }>>;
      const told = questions.map(({ name, value }, at) => [name, shown(value), outputs[`o${at}`]?.value]);
      const expected = questions.map(({ name, value, rule }) => [name, shown(value), holds(rule, value)]);
      expect(told).toEqual(expected);
    } finally {
      await terraform.remove();
    }
  });
});
