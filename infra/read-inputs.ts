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
  switch (type) {
    case "string":
      return typeof value === "string";
    case "number":
      return typeof value === "number";
    case "bool":
      return typeof value === "boolean";
    case "list(string)":
      return Array.isArray(value) && value.every((one) => typeof one === "string");
    case "list(number)":
      return Array.isArray(value) && value.every((one) => typeof one === "number");
    case "map(string)":
      return (
        typeof value === "object" &&
        value !== null &&
        !Array.isArray(value) &&
        Object.values(value).every((one) => typeof one === "string")
      );
  }
}

const shownDefault = (spec: InputSpec) => spec.example ?? JSON.stringify(spec.default ?? "");

/** Whether a value fulfils a rule, as the module's validation decides it. */
export function holds(rule: InputRule, value: unknown): boolean {
  const list = Array.isArray(value) ? value : [];
  if ("matches" in rule) return new RegExp(rule.matches, "u").test(String(value));
  if ("beginsWithNoneOf" in rule)
    return !rule.beginsWithNoneOf.some((start) => String(value).startsWith(start));
  if ("oneOf" in rule) return rule.oneOf.includes(value as string | number);
  if ("between" in rule) return Number.isInteger(value) && isWithin(value as number, rule.between);
  if ("eachMatches" in rule) return list.every((one) => new RegExp(rule.eachMatches, "u").test(String(one)));
  if ("eachBetween" in rule) return list.every((one) => isWithin(one as number, rule.eachBetween));
  if ("sizeBetween" in rule) return isWithin(sizeOf(value), rule.sizeBetween);
  if ("distinct" in rule) return new Set(list).size === list.length;
  if ("keysMatch" in rule) {
    return Object.keys(value as object).every((key) => new RegExp(rule.keysMatch, "u").test(key));
  }
  if ("valuesMatch" in rule) {
    return Object.values(value as object).every((one) => new RegExp(rule.valuesMatch, "u").test(one));
  }
  const keys = Object.keys(value as object).map(lowered);
  if ("keysDistinct" in rule) return new Set(keys).size === keys.length;
  if ("keysBeginWithNoneOf" in rule) {
    return keys.every((key) => !rule.keysBeginWithNoneOf.some((start) => key.startsWith(lowered(start))));
  }
  const kept = rule.keysNoneOf.map(lowered);
  return keys.every((key) => !kept.includes(key));
}

/** As Terraform's `lower`: letter by letter, without regard to the neighbouring letters. */
const lowered = (text: string) =>
  Array.from(text, (letter) => String.fromCodePoint(letter.toLowerCase().codePointAt(0) ?? 0)).join("");

const isWithin = (value: number, [least, most]: readonly [number, number]) => value >= least && value <= most;

const sizeOf = (value: unknown) =>
  Array.isArray(value) ? value.length : Object.keys(value as object).length;
