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
  requiredFirst(table).map(([name, spec]) => [variable(name, spec)]);

/** The inputs without a default, then the others, each in the order of the table. */
export function requiredFirst(table = variableTable): readonly (readonly [name: string, spec: InputSpec])[] {
  const all = Object.entries(table);
  return [...all.filter(([, spec]) => isRequired(spec)), ...all.filter(([, spec]) => !isRequired(spec))];
}

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
  const holds = ruleText(`var.${name}`, rule);
  return spec.default === null ? `var.${name} == null || ${holds}` : holds;
}

function ruleText(value: string, rule: InputRule): string {
  if ("matches" in rule) return `can(regex(${quoted(rule.matches)}, ${value}))`;
  if ("beginsWithNoneOf" in rule)
    return `alltrue([for start in ${toHcl(rule.beginsWithNoneOf)} : !startswith(${value}, start)])`;
  if ("oneOf" in rule) return `contains(${toHcl(rule.oneOf)}, ${value})`;
  if ("between" in rule) return whole(value, rule.between);
  if ("eachMatches" in rule)
    return `alltrue([for one in ${value} : can(regex(${quoted(rule.eachMatches)}, one))])`;
  if ("keysMatch" in rule)
    return `alltrue([for key in keys(${value}) : can(regex(${quoted(rule.keysMatch)}, key))])`;
  if ("valuesMatch" in rule)
    return `alltrue([for one in values(${value}) : can(regex(${quoted(rule.valuesMatch)}, one))])`;
  if ("eachBetween" in rule) {
    const [least, most] = rule.eachBetween;
    return `alltrue([for one in ${value} : one >= ${least} && one <= ${most}])`;
  }
  if ("sizeBetween" in rule) {
    const [least, most] = rule.sizeBetween;
    if (least === most) return `length(${value}) == ${least}`;
    if (least === 0) return `length(${value}) <= ${most}`;
    return `length(${value}) >= ${least} && length(${value}) <= ${most}`;
  }
  if ("distinct" in rule) return `length(distinct(${value})) == length(${value})`;
  const keys = `[for key in keys(${value}) : lower(key)]`;
  if ("keysDistinct" in rule) return `length(distinct(${keys})) == length(${value})`;
  if ("keysBeginWithNoneOf" in rule) {
    const starts = toHcl(rule.keysBeginWithNoneOf.map(lowerCase));
    return `alltrue(flatten([for key in keys(${value}) : [for start in ${starts} : !startswith(lower(key), start)]]))`;
  }
  return `length(setintersection(${keys}, ${toHcl(rule.keysNoneOf.map(lowerCase))})) == 0`;
}

const lowerCase = (text: string) => text.toLowerCase();

const whole = (value: string, [least, most]: readonly [number, number]) =>
  `${value} >= ${least} && ${value} <= ${most} && floor(${value}) == ${value}`;
