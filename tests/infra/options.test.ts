import { describe, expect, it } from "vitest";
import { optionInputs, rulesOf } from "../../infra/inputs.ts";
import { optionEnvironment } from "../../infra/option-environment.ts";
import { holds, readInputs, variableOf as sstVariableOf } from "../../infra/read-inputs.ts";
import { readArguments } from "../../packages/cli/src/arguments.ts";
import { commandHelp } from "../../packages/cli/src/help.ts";
import { readOptions } from "../../packages/functions/src/collect/collect-environment.ts";
import { environmentReader } from "../../packages/functions/src/lambda/index.ts";
import type { OptionTable } from "../../packages/pipeline/src/options/index.ts";
import type { ReportOption } from "../../packages/report/src/options/index.ts";
import { layOut, separated } from "../../packages/terraform/src/hcl/layout.ts";
import { inputsTable } from "../../packages/terraform/src/module/readme.ts";
import { variableSections } from "../../packages/terraform/src/module/variables.ts";
import { flagTable, variableTable } from "../../scripts/option-tables.ts";

/** Options that no table of the product has. */
const madeUp = {
  roundCosts: {
    type: "switch",
    flag: "round-costs",
    input: "round_costs",
    default: false,
    description: "Round every cost to cents.",
  },
  owner: {
    type: "text",
    flag: "owner",
    input: "owner_name",
    valueName: "NAME",
    default: null,
    absent: "nobody",
    description: "The owner of the bill.",
    pattern: { matches: "^[a-z]+$", sentence: "must have small letters." },
    example: "finance",
  },
  scale: {
    type: "choice",
    flag: "scale",
    input: "cost_scale",
    valueName: "NAME",
    default: "linear",
    choices: ["linear", "square"],
    description: "The scale of the costs.",
  },
} as const satisfies OptionTable;

const command = { name: "collect", summary: "", description: "Collects.", options: madeUp };
const inputs = optionInputs(madeUp);

it("an option of several texts is a list of the module, separated by commas in the environment", () => {
  const option = {
    type: "list",
    flag: "reader",
    input: "report_readers",
    variable: "READERS",
    valueName: "NAME",
    default: [],
    absent: "nobody",
    description: "Who reads.",
    pattern: { matches: "^[a-z]+$", sentence: "must have small letters." },
    atMost: 2,
    example: "ada",
  } as const satisfies ReportOption;
  const { report_readers } = optionInputs({ option });
  expect(report_readers).toMatchObject({ type: "list(string)", default: [], example: '["ada"]' });
  expect(rulesOf(report_readers).map((rule) => [holds(rule, ["ada"]), holds(rule, ["A", "b", "c"])])).toEqual(
    [
      [true, false],
      [true, false],
    ],
  );
  const platform = { inputs: { report_readers: ["ada", "bob"] }, joined: (list: unknown) => String(list) };
  expect(optionEnvironment(platform as never, [option])).toEqual({ READERS: "ada,bob" });
});

describe("an option that is added to the table appears", () => {
  it("as a flag of the command line", () => {
    expect(readArguments(command, ["--round-costs", "--owner", "me", "--scale", "square"])).toEqual({
      roundCosts: true,
      owner: "me",
      scale: "square",
    });
    expect(readArguments(command, [])).toEqual({ roundCosts: false, owner: null, scale: "linear" });
    expect(() => readArguments(command, ["--scale", "cube"])).toThrow(
      '--scale must be one of linear, square, not "cube".',
    );
  });

  it("in the help of the command", () => {
    expect(commandHelp(command)).toBe(
      [
        "dapanoskop collect\n\nCollects.\n",
        "  --round-costs   Round every cost to cents.",
        "  --owner NAME    The owner of the bill. Default: nobody.",
        "  --scale NAME    The scale of the costs. One of linear, square. Default: linear.\n",
      ].join("\n"),
    );
  });

  it("in the environment of the collector", () => {
    const read = environmentReader({ ROUND_COSTS: "true", OWNER_NAME: "me", COST_SCALE: "" });
    expect(readOptions(read, madeUp)).toEqual({ roundCosts: true, owner: "me", scale: "linear" });
    const wrong = environmentReader({ ROUND_COSTS: "yes", OWNER_NAME: "ME", COST_SCALE: "cube" });
    readOptions(wrong, madeUp);
    expect(() => wrong.check()).toThrow(
      'ROUND_COSTS is "yes"; it takes true or false. OWNER_NAME is "ME"; it must have small letters. ' +
        'COST_SCALE is "cube"; it takes linear or square.',
    );
  });

  it("among the variables that the deployment gives to the collector", () => {
    const platform = {
      inputs: { round_costs: true, owner_name: undefined, cost_scale: "square" },
      text: (_strings: TemplateStringsArray, ...[value]: readonly unknown[]) => String(value) as never,
      joined: (list: unknown) => (list as readonly string[]).join() as never,
      orDefault: (value: unknown, otherwise: unknown) => (value ?? otherwise) as never,
    };
    expect(optionEnvironment(platform, Object.values(madeUp))).toEqual({
      ROUND_COSTS: "true",
      OWNER_NAME: "",
      COST_SCALE: "square",
    });
  });

  it("as a variable of the module, with its bounds", () => {
    const text = layOut(separated(variableSections(inputs)));
    expect(text).toContain(
      [
        'variable "round_costs" {',
        '  description = "Round every cost to cents."',
        "  type        = bool",
        "  default     = false",
        "  nullable    = false",
        "}\n",
      ].join("\n"),
    );
    expect(text).toContain(
      [
        'variable "owner_name" {',
        '  description = "The owner of the bill. Default: nobody."',
        "  type        = string",
        "  default     = null\n",
        "  validation {",
        '    condition     = var.owner_name == null || can(regex("^[a-z]+$", var.owner_name))',
        '    error_message = "owner_name must have small letters."',
        "  }\n}\n",
      ].join("\n"),
    );
    expect(text).toContain('condition     = contains(["linear", "square"], var.cost_scale)');
    expect(text).toContain('error_message = "cost_scale must be one of linear, square."');
  });

  it("as a variable of SST", () => {
    expect(Object.keys(inputs).map(sstVariableOf)).toEqual([
      "DAPANOSKOP_ROUND_COSTS",
      "DAPANOSKOP_OWNER_NAME",
      "DAPANOSKOP_COST_SCALE",
    ]);
    expect(readInputs({ DAPANOSKOP_ROUND_COSTS: "true", DAPANOSKOP_OWNER_NAME: "me" }, {}, inputs)).toEqual({
      round_costs: true,
      owner_name: "me",
      cost_scale: "linear",
    });
    expect(() =>
      readInputs({ DAPANOSKOP_OWNER_NAME: "ME", DAPANOSKOP_ROUND_COSTS: "yes" }, {}, inputs),
    ).toThrow(
      "DAPANOSKOP_ROUND_COSTS must be a bool as JSON, like false.\nowner_name must have small letters.",
    );
  });

  it("in the tables of the READMEs: of the command line, the functions and the module", () => {
    expect(flagTable(madeUp)).toContain("| `--owner NAME` | The owner of the bill. Default: nobody. |");
    expect(variableTable(madeUp)).toContain("| `ROUND_COSTS` | `false` | Round every cost to cents. |");
    expect(inputsTable(Object.entries(inputs))).toContain(
      '| `cost_scale` | `string` | `"linear"` | The scale of the costs. One of linear, square. |',
    );
  });
});
