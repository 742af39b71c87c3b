import type { JsonValue } from "../../pricing/index.ts";
import { entriesOf, isJsonList, isJsonObject, listProperty, property } from "../json-object.ts";

/** `aws_launch_template.web`, with or without an index, in front of an attribute. */
const RESOURCE = /^(aws_\w+\.[\p{L}\p{N}_-]+)(?:[.[]|$)/u;

/** Addresses of resources by attribute path, such as `launch_template.0.id`. They have no index. */
export type References = { readonly [path: string]: readonly string[] };

/**
 * The resources of the same module that the expressions of a resource refer to. What is referred to by way of a variable or of a
 * local value is not found.
 */
export function referencesOf(expressions: JsonValue | undefined): References {
  const found = new Map<string, readonly string[]>();
  collect(expressions, [], (path, names) => found.set(path, names));
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** How many characters the references of an instance have; counted no further than to beyond `limit`. */
export function referencesLength(module: string | null, references: References, limit: number): number {
  let length = 0;
  for (const path in references) {
    length += path.length;
    for (const name of references[path] ?? []) length += name.length + (module?.length ?? 0);
    if (length > limit) return length;
  }
  return length;
}

/** The same in an instance of the module. */
export function referencesIn(module: string | null, references: References): References {
  if (module === null) return references;
  return Object.fromEntries(
    Object.entries(references).map(([path, names]) => [path, names.map((name) => `${module}.${name}`)]),
  );
}

function collect(
  expression: JsonValue | undefined,
  path: readonly string[],
  note: (path: string, names: readonly string[]) => void,
): void {
  if (isJsonList(expression)) {
    for (const [at, block] of expression.entries()) collect(block, [...path, String(at)], note);
    return;
  }
  if (!isJsonObject(expression)) return;
  if (isJsonList(property(expression, "references"))) {
    const names = listProperty(expression, "references").flatMap((one) =>
      typeof one === "string" ? (RESOURCE.exec(one)?.[1] ?? []) : [],
    );
    if (names.length > 0) note(path.join("."), [...new Set(names)]);
    return;
  }
  if (property(expression, "constant_value") !== undefined) return;
  for (const [name, child] of entriesOf(expression)) collect(child, [...path, name], note);
}
