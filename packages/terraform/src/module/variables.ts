import { type InputRule, type InputSpec, inputTable, rulesOf } from "../../../../infra/inputs.ts";
import { attribute, block, type LayoutItem } from "../hcl/layout.ts";
import { quoted } from "../hcl/text.ts";
import { toHcl } from "../hcl/value.ts";

/** The inputs of the system, and those of the module alone: which releases it deploys. */
export const variableTable: Readonly<Record<string, InputSpec>> = {
  ...inputTable,
  pipeline_version: {
    type: "string",
    default: null,
    description: "The release of the functions. Default: the one that the module contains.",
    rules: { matches: "^[0-9]+\\.[0-9]+\\.[0-9]+$", sentence: "pipeline_version must read like 1.2.3." },
  },
  page_version: {
    type: "string",
    default: null,
    description: "The release of the page. Default: the one that the module contains.",
    rules: { matches: "^[0-9]+\\.[0-9]+\\.[0-9]+$", sentence: "page_version must read like 1.2.3." },
  },
  artifacts_dir: {
    type: "string",
    default: null,
    description:
      "A folder with releases of page and functions (page/1.2.3, pipeline/1.2.3) that the module does not contain. Default: the module's own releases.",
  },
};

/** The blocks of `variables.tf`. */
export const variableSections = (table = variableTable): readonly (readonly LayoutItem[])[] =>
  usualFirst(table).map(([name, spec]) => [variable(name, spec)]);

/** The inputs that must be set or that most deployments set, then the others, each in the order of the table. */
export function usualFirst(table = variableTable): readonly (readonly [name: string, spec: InputSpec])[] {
  const all = Object.entries(table);
  return [...all.filter(([, spec]) => isUsual(spec)), ...all.filter(([, spec]) => !isUsual(spec))];
}

export const isUsual = (spec: InputSpec) => isRequired(spec) || spec.isUsual === true;

export const isRequired = (spec: InputSpec) => spec.default === undefined;

/** A default as HCL; `undefined` where there is none. */
export const defaultText = (spec: InputSpec) =>
  spec.default === undefined ? undefined : toHcl(spec.default);

function variable(name: string, spec: InputSpec): LayoutItem {
  const byDefault = defaultText(spec);
  const validations = rulesOf(spec).map((rule) => [
    block("validation", [
      attribute("condition", conditionOf(name, spec, rule)),
      attribute("error_message", quoted(rule.sentence)),
    ]),
  ]);
  return block(
    `variable ${quoted(name)}`,
    [
      attribute("description", quoted(spec.description)),
      attribute("type", spec.type),
      ...(byDefault === undefined ? [] : [attribute("default", byDefault)]),
      ...(spec.default === null ? [] : [attribute("nullable", "false")]),
    ],
    ...validations,
  );
}

/** The condition of a rule, as HCL. */
export function conditionOf(name: string, spec: InputSpec, rule: InputRule): string {
  const holds = ruleText(`var.${name}`, spec, rule);
  return spec.default === null ? `var.${name} == null || ${holds}` : holds;
}

function ruleText(value: string, { type }: InputSpec, rule: InputRule): string {
  if ("sizeBetween" in rule) return sizeText(`length(${value})`, rule.sizeBetween);
  const [parts, part] = {
    keys: [`keys(${value})`, "lower(one)"] as const,
    values: [`values(${value})`, "one"] as const,
    elements: [value, "one"] as const,
  }[rule.of ?? "elements"];
  if ("distinct" in rule) {
    const all = part === "one" ? parts : `[for one in ${parts} : ${part}]`;
    return `length(distinct(${all})) == length(${value})`;
  }
  if (rule.of === undefined && !type.startsWith("list")) return testText(value, rule);
  return `alltrue([for one in ${parts} : ${testText(part, rule)}])`;
}

function testText(
  value: string,
  rule: Exclude<InputRule, { sizeBetween: unknown } | { distinct: true }>,
): string {
  if ("matches" in rule) return `can(regex(${quoted(rule.matches)}, ${value}))`;
  if ("beginsWithNoneOf" in rule)
    return `alltrue([for start in ${toHcl(rule.beginsWithNoneOf)} : !startswith(${value}, start)])`;
  if ("oneOf" in rule) return `contains(${toHcl(rule.oneOf)}, ${value})`;
  if ("noneOf" in rule) return `!contains(${toHcl(rule.noneOf)}, ${value})`;
  const [least, most] = "between" in rule ? rule.between : rule.wholeBetween;
  const isWhole = "wholeBetween" in rule ? ` && floor(${value}) == ${value}` : "";
  return `${value} >= ${least} && ${value} <= ${most}${isWhole}`;
}

function sizeText(size: string, [least, most]: readonly [number, number]): string {
  if (least === most) return `${size} == ${least}`;
  return least === 0 ? `${size} <= ${most}` : `${size} >= ${least} && ${size} <= ${most}`;
}
