import { argumentFor } from "../provider/arguments.ts";
import type { Body } from "../provider/block-body.ts";
import type { Block } from "../provider/schema.ts";
import { Expression, type ExpressionRow, type Iteration, isExpression } from "./expression.ts";
import type { Resource } from "./resource.ts";
import { argumentNames } from "./resource-types.ts";

/**
 * A resource's arguments by Terraform's names, blocks as lists of bodies. A block for each element of an iteration is an
 * expression, `for`, of its body. Other values are unchanged.
 * @throws Error when Terraform has no such argument
 */
export const bodyOf = ({ type, args }: Pick<Resource, "type" | "args">, schema: Block): Body =>
  renamed(type, args, schema);

function renamed(path: string, args: Readonly<Record<string, unknown>>, schema: Block): Body {
  const body: Record<string, unknown> = {};
  for (const [pulumiName, value] of Object.entries(args)) {
    if (value === undefined) continue;
    const otherName = argumentNames.get(`${path}.${pulumiName}`);
    const argument = otherName === undefined ? argumentFor(schema, pulumiName) : { name: otherName };
    if (argument === undefined) throw new Error(`${path} has no argument that Pulumi calls ${pulumiName}.`);
    body[argument.name] =
      "block" in argument ? blocks(value, `${path}.${argument.name}`, argument.block) : value;
  }
  return body;
}

function blocks(value: unknown, path: string, schema: Block): readonly Body[] | Expression {
  const one = (args: unknown) => renamed(path, args as Readonly<Record<string, unknown>>, schema);
  if (!isExpression(value)) return (Array.isArray(value) ? value : [value]).map(one);
  const { node } = value;
  if (node.kind === "for") return new Expression({ ...node, value: one(node.value) });
  throw new Error(`${path} is a block: whether it exists cannot depend on an input.`);
}

/** A resource with `for_each` over a table as one resource for each row. */
export function rowsOf(resource: Resource): readonly Resource[] {
  const { group, args } = resource;
  if (group?.kind !== "iteration" || group.rows === null) return [resource];
  return Object.values(group.rows).map((row) => ({
    ...resource,
    args: withRow(args, group, row) as ExpressionRow,
  }));
}

/** A value inside an iteration, with a row's values in the place of the table's columns. */
export function withRow(value: unknown, each: Iteration, row: ExpressionRow): unknown {
  const filled = (one: unknown) => withRow(one, each, row);
  if (isExpression(value)) {
    const { node } = value;
    return node.kind === "field" && node.of === each ? row[node.name] : value;
  }
  if (Array.isArray(value)) return value.map(filled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one)]));
}
