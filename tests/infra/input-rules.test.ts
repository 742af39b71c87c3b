import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inputTable, rulesOf } from "../../infra/inputs.ts";
import { holds, InputsError, readInputs, variableOf } from "../../infra/read-inputs.ts";
import { TOP_LEVEL, toHcl } from "../../packages/terraform/src/hcl/value.ts";
import { conditionOf, variableTable } from "../../packages/terraform/src/module/variables.ts";
import { inputCases } from "./support/input-cases.ts";
import { aTerraform } from "./support/terraform.ts";
import { least } from "./support/the-system.ts";
import { findTools, toolsMissing } from "./support/tools.ts";

/** Every value of the table with every rule of its input. */
const judged = Object.entries(inputCases).flatMap(([name, { good, bad }]) =>
  [...good, ...bad].flatMap((value) =>
    rulesOf(variableTable[name] ?? {}).map((rule) => ({ name, value, rule })),
  ),
);
const shown = (value: unknown) => JSON.stringify(value);

describe("the rules of the inputs, in SST's rendering", () => {
  it("accept every good value, and refuse every bad one", () => {
    const accepts = (name: string, value: unknown) =>
      rulesOf(variableTable[name] ?? {}).every((rule) => holds(rule, value));
    const wrong = Object.entries(inputCases).flatMap(([name, { good, bad }]) => [
      ...good.filter((value) => !accepts(name, value)).map((value) => `${name} = ${shown(value)} is good`),
      ...bad.filter((value) => accepts(name, value)).map((value) => `${name} = ${shown(value)} is bad`),
    ]);
    expect(wrong).toEqual([]);
  });

  it("refuse a value of the table each", () => {
    const unused = Object.entries(variableTable).flatMap(([name, spec]) =>
      rulesOf(spec).filter((rule) => !(inputCases[name]?.bad ?? []).some((value) => !holds(rule, value))),
    );
    expect(unused.map(({ sentence }) => sentence)).toEqual([]);
  });

  it("are the error of a value that is read from the environment", () => {
    for (const [name, { bad }] of Object.entries(inputCases)) {
      const spec = inputTable[name as keyof typeof inputTable];
      // An empty text means that the input is not set.
      for (const value of spec === undefined ? [] : bad.filter((one) => one !== "")) {
        const text = typeof value === "string" ? value : JSON.stringify(value);
        const environment = Object.fromEntries(
          Object.entries({ ...least, [name]: text }).map(([input, given]) => [variableOf(input), given]),
        );
        const refused = rulesOf(spec).filter((rule) => !holds(rule, value));
        expect(() => readInputs(environment), `${name} = ${shown(value)}`).toThrow(
          new InputsError(refused.map((rule) => rule.sentence)),
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

  it("judge every value of the table as in SST's rendering", { timeout: 300_000 }, async () => {
    // One plan has every condition of variables.tf, each with a variable of the input's type.
    const blocks = judged.map(({ name, value, rule }, at) => {
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
      const planned = judged.map(({ name, value }, at) => [name, shown(value), outputs[`o${at}`]?.value]);
      const expected = judged.map(({ name, value, rule }) => [name, shown(value), holds(rule, value)]);
      expect(planned).toEqual(expected);
    } finally {
      await terraform.remove();
    }
  });
});
