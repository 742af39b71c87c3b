import type { ConfigurationExpression } from "../parse/configuration.ts";
import type { ModuleFolder } from "./module-folder.ts";
import { eitherTags, mergedTags, noTags, openTags, type TagKeys } from "./tag-keys.ts";

/** A module as it is called: where its variables come from. */
export interface ModuleCall {
  readonly folder: ModuleFolder;
  /** The caller, and the arguments of the call; `null` for a root module. */
  readonly caller: {
    readonly call: ModuleCall;
    readonly values: ReadonlyMap<string, ConfigurationExpression>;
  } | null;
}

/** More steps are a circle, or more than anybody would follow. */
const MOST_STEPS = 100;

/** What an expression for tags comes to, as far as the files decide it. */
export const tagsOf = (expression: ConfigurationExpression, call: ModuleCall): TagKeys =>
  evaluate(expression, call, 0);

function evaluate(expression: ConfigurationExpression, call: ModuleCall, steps: number): TagKeys {
  if (steps > MOST_STEPS) return openTags;
  switch (expression.kind) {
    case "object":
      return {
        keys: new Map(
          expression.entries.flatMap(({ key, value }) => (key === null ? [] : [[key, isSet(value)]])),
        ),
        isOpen: expression.entries.some(({ key }) => key === null),
      };
    case "null":
      return noTags;
    case "choice":
      return eitherTags(
        evaluate(expression.either, call, steps + 1),
        evaluate(expression.or, call, steps + 1),
      );
    case "call":
      return called(expression.name, expression.values, call, steps);
    case "reference": {
      const found = follow(expression.path, call, steps);
      if (found === null) return openTags;
      const tags = evaluate(found.expression, found.call, steps + 1);
      return found.isOverridable ? { ...tags, isOpen: true } : tags;
    }
    default:
      return openTags;
  }
}

function called(
  name: string,
  values: readonly ConfigurationExpression[],
  call: ModuleCall,
  steps: number,
): TagKeys {
  const each = () => values.map((value) => evaluate(value, call, steps + 1));
  switch (name) {
    case "merge":
      return each().reduce(mergedTags, noTags);
    case "tomap":
    case "sensitive":
    case "nonsensitive":
      return values.length === 1 ? (each()[0] ?? openTags) : openTags;
    case "coalesce":
    case "try":
      return each().reduce((a, b) => eitherTags(a, b));
    default:
      return openTags;
  }
}

/** A null or an empty text is no tag on a bill. */
const isSet = (value: ConfigurationExpression) =>
  value.kind !== "null" && !(value.kind === "text" && value.text === "");

interface FoundValue {
  readonly expression: ConfigurationExpression;
  readonly call: ModuleCall;
  /** Whether a caller outside of the files may give another value. */
  readonly isOverridable: boolean;
}

/** What a reference stands for: a local, or a variable's argument, value or default. */
function follow(path: readonly string[], call: ModuleCall, steps: number): FoundValue | null {
  const [space, name = "", ...inside] = path;
  const { folder, caller } = call;
  if (space === "local") return within(folder.locals.get(name), inside, call, false, steps);
  if (space !== "var" || !folder.variables.has(name)) return null;
  const byDefault = folder.variables.get(name) ?? undefined;
  if (caller !== null) {
    const given = caller.values.get(name);
    return given === undefined
      ? within(byDefault, inside, call, false, steps)
      : within(given, inside, caller.call, false, steps);
  }
  const value = folder.values.get(name);
  return value === undefined
    ? within(byDefault, inside, call, true, steps)
    : within(value, inside, call, false, steps);
}

/** A value inside of a value: `web` of `local.tags`. */
function within(
  expression: ConfigurationExpression | undefined,
  path: readonly string[],
  call: ModuleCall,
  isOverridable: boolean,
  steps: number,
): FoundValue | null {
  if (expression === undefined || steps > MOST_STEPS) return null;
  const [name, ...rest] = path;
  if (name === undefined) return { expression, call, isOverridable };
  if (expression.kind === "object") {
    const entry = expression.entries.findLast(({ key }) => key === name);
    return entry === undefined ? null : within(entry.value, rest, call, isOverridable, steps + 1);
  }
  if (expression.kind !== "reference") return null;
  const found = follow([...expression.path, ...path], call, steps + 1);
  return found === null ? null : { ...found, isOverridable: found.isOverridable || isOverridable };
}
