import {
  type InputName,
  type InputRule,
  type InputSpec,
  inputTable,
  rulesOf,
  type Values,
} from "./inputs.ts";

/** Inputs are missing or wrong: an error message for each, so that all can be corrected at once. */
export class InputsError extends Error {
  constructor(sentences: readonly string[]) {
    super(sentences.join("\n"));
    this.name = "InputsError";
  }
}

/** The environment variable of an input, `DAPANOSKOP_COGNITO_USER_POOL_ID`; SST also reads `.env` and `.env.{stage}`. */
export const variableOf = (name: string) => `DAPANOSKOP_${name.toUpperCase()}`;

/**
 * The inputs of a deployment with SST, from environment variables, by the same rules as in the module. Lists and maps are JSON.
 * @param defaults used instead of the table's
 * @param table the inputs there are
 * @throws InputsError
 */
export function readInputs(
  environment: Readonly<Record<string, string | undefined>>,
  defaults: Partial<Values> = {},
  table: Readonly<Record<string, InputSpec>> = inputTable,
): Values {
  const sentences: string[] = [];
  const values = Object.entries(table).map(([name, spec]) => {
    const text = environment[variableOf(name)];
    const given = text === undefined || text === "" ? defaults[name as InputName] : parsed(spec, text);
    if (given === WRONG) {
      sentences.push(`${variableOf(name)} must be a ${spec.type} as JSON, like ${shownDefault(spec)}.`);
      return [name, undefined];
    }
    const value = given ?? spec.default ?? undefined;
    if (value === undefined && spec.default === undefined) {
      sentences.push(`${variableOf(name)} is not set. ${spec.description}`);
    } else if (value !== undefined) {
      sentences.push(
        ...rulesOf(spec)
          .filter((rule) => !holds(rule, value))
          .map((rule) => rule.sentence),
      );
    }
    return [name, value];
  });
  if (sentences.length > 0) throw new InputsError(sentences);
  return Object.fromEntries(values) as Values;
}

const WRONG = Symbol("wrong");

function parsed(spec: InputSpec, text: string): unknown {
  if (spec.type === "string") return text;
  try {
    const value: unknown = JSON.parse(text);
    return isOf(spec.type, value) ? value : WRONG;
  } catch {
    return WRONG;
  }
}

function isOf(type: InputSpec["type"], value: unknown): boolean {
  const [, one] = /\((\w+)\)$/.exec(type) ?? [];
  if (one === undefined) return typeof value === (type === "bool" ? "boolean" : type);
  const isList = type.startsWith("list");
  if (typeof value !== "object" || value === null || Array.isArray(value) !== isList) return false;
  return Object.values(value).every((each) => typeof each === one);
}

const shownDefault = (spec: InputSpec) => spec.example ?? JSON.stringify(spec.default ?? "");

/** Whether a value fulfils a rule, as the module's validation decides it. */
export function holds(rule: InputRule, value: unknown): boolean {
  const parts = partsOf(rule, value);
  if ("distinct" in rule) return new Set(parts).size === parts.length;
  if ("sizeBetween" in rule) return isWithin(Object.keys(value as object).length, rule.sizeBetween);
  if ("between" in rule) return parts.every((one) => isWithin(Number(one), rule.between));
  if ("wholeBetween" in rule)
    return parts.every((one) => Number.isInteger(one) && isWithin(Number(one), rule.wholeBetween));
  if ("oneOf" in rule) return parts.every((one) => rule.oneOf.includes(one as string | number));
  if ("noneOf" in rule) return !parts.some((one) => rule.noneOf.includes(String(one)));
  if ("matches" in rule) return parts.every((one) => new RegExp(rule.matches, "u").test(String(one)));
  return !parts.some((one) => rule.beginsWithNoneOf.some((start) => String(one).startsWith(start)));
}

function partsOf({ of }: InputRule, value: unknown): readonly unknown[] {
  if (of === "keys") return Object.keys(value as object).map(lowered);
  return of === "values" || Array.isArray(value) ? Object.values(value as object) : [value];
}

/** A JSON list of objects: the text of each under a name; of those that have none, another text, or nothing. */
export const columnOf = (jsonList: string, name: string, absent = ""): string[] =>
  (JSON.parse(jsonList) as readonly Readonly<Record<string, unknown>>[])
    .map((one) => one[name] ?? absent)
    .filter((text): text is string => typeof text === "string" && text !== "");

/** As Terraform's `lower`: letter by letter, without regard to the neighbouring letters. */
const lowered = (text: string) =>
  Array.from(text, (letter) => String.fromCodePoint(letter.toLowerCase().codePointAt(0) ?? 0)).join("");

const isWithin = (value: number, [least, most]: readonly [number, number]) => value >= least && value <= most;
