import type { JsonValue } from "../../pricing/index.ts";
import { entriesOf, isJsonList, isJsonObject, listProperty, property } from "../json-object.ts";
import type { ConfiguredResource } from "./configuration.ts";

/** `aws_launch_template.web`, with or without an index, in front of an attribute. */
const RESOURCE = /^(aws_\w+\.[\p{L}\p{N}_-]+)(?:[.[]|$)/u;

/**
 * The resources that the expressions of a resource refer to, by attribute path, such as `launch_template.0.id`. Their addresses
 * have the module of the resource, and no index. What is referred to by way of a variable or of a local value is not found.
 */
export function references(
  module: string | null,
  { expressions }: ConfiguredResource,
): { readonly [path: string]: readonly string[] } {
  const found = new Map<string, readonly string[]>();
  const prefix = module === null ? "" : `${module}.`;
  collect(expressions, [], (path, names) => {
    found.set(
      path,
      names.map((name) => prefix + name),
    );
  });
  return Object.fromEntries(found);
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
