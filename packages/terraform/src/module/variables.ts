import { type InputRule, type InputSpec, inputTable } from "../../../../infra/inputs.ts";
import type { Item } from "../hcl/layout.ts";
import { apart } from "../hcl/resource.ts";
import { quoted } from "../hcl/text.ts";
import { expression, OUTSIDE } from "../hcl/value.ts";

/** The inputs of the system, and what only a module of files has: which release of them. */
export const variableTable: Readonly<Record<string, InputSpec>> = {
  ...inputTable,
  pipeline_version: {
    type: "string",
    default: null,
    description: "Which release of the functions runs. Default: the one that the module ships.",
    rules: [{ matches: "^[0-9]+\\.[0-9]+\\.[0-9]+$", sentence: "pipeline_version must read like 1.2.3." }],
  },
  page_version: {
    type: "string",
    default: null,
    description: "Which release of the page is served. Default: the one that the module ships.",
    rules: [{ matches: "^[0-9]+\\.[0-9]+\\.[0-9]+$", sentence: "page_version must read like 1.2.3." }],
  },
  artifacts_dir: {
    type: "string",
    default: null,
    description:
      "A folder with releases of page and functions (page/1.2.3, pipeline/1.2.3), for those that the module does not ship itself. Default: the module's own.",
  },
};

/** `variables.tf`. */
export const variableItems = (): readonly Item[] =>
  apart(inOrder().map(([name, spec]) => [variable(name, spec)]));

/** Required ones first, then in the order of the table. */
export function inOrder(): readonly (readonly [name: string, spec: InputSpec])[] {
  const all = Object.entries(variableTable);
  return [...all.filter(([, spec]) => isRequired(spec)), ...all.filter(([, spec]) => !isRequired(spec))];
}

export const isRequired = (spec: InputSpec) => spec.default === undefined;

/** A default as HCL; `undefined` where there is none. */
export const defaultText = (spec: InputSpec) =>
  spec.default === undefined ? undefined : expression(spec.default, OUTSIDE);

function variable(name: string, spec: InputSpec): Item {
  const byDefault = defaultText(spec);
  const plain: Item[] = [
    { kind: "attribute", name: "description", value: quoted(spec.description) },
    { kind: "attribute", name: "type", value: spec.type },
    ...(byDefault === undefined ? [] : [{ kind: "attribute", name: "default", value: byDefault } as const]),
    ...(spec.default === null ? [] : [{ kind: "attribute", name: "nullable", value: "false" } as const]),
  ];
  const rules = (spec.rules ?? []).map((rule): readonly Item[] => [
    {
      kind: "block",
      head: "validation",
      body: [
        { kind: "attribute", name: "condition", value: conditionOf(name, spec, rule) },
        { kind: "attribute", name: "error_message", value: quoted(rule.sentence) },
      ],
    },
  ]);
  return { kind: "block", head: `variable ${quoted(name)}`, body: apart([plain, ...rules]) };
}

/** What has to hold of an input, as HCL. */
export function conditionOf(name: string, spec: InputSpec, rule: InputRule): string {
  const holds = ruleText(`var.${name}`, rule);
  return spec.default === null ? `var.${name} == null || ${holds}` : holds;
}

function ruleText(value: string, rule: InputRule): string {
  if ("matches" in rule) return `can(regex(${quoted(rule.matches)}, ${value}))`;
  if ("beginsWithNoneOf" in rule)
    return `alltrue([for start in ${expression(rule.beginsWithNoneOf, OUTSIDE)} : !startswith(${value}, start)])`;
  if ("oneOf" in rule) return `contains(${expression(rule.oneOf, OUTSIDE)}, ${value})`;
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
    const starts = expression(rule.keysBeginWithNoneOf.map(lowerCase), OUTSIDE);
    return `alltrue(flatten([for key in keys(${value}) : [for start in ${starts} : !startswith(lower(key), start)]]))`;
  }
  return `length(setintersection(${keys}, ${expression(rule.keysNoneOf.map(lowerCase), OUTSIDE)})) == 0`;
}

const lowerCase = (text: string) => text.toLowerCase();

const whole = (value: string, [least, most]: readonly [number, number]) =>
  `${value} >= ${least} && ${value} <= ${most} && floor(${value}) == ${value}`;
