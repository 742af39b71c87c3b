import { argumentFor } from "../provider/arguments.ts";
import type { Block, Body } from "../provider/schema.ts";
import { call, Expression, isExpression } from "./expression.ts";
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
  if (node.kind === "call" && node.name === "concat") {
    return call("concat", ...node.args.map((list) => blocks(list, path, schema)));
  }
  if (node.kind === "for") return new Expression({ ...node, value: one(node.value) });
  throw new Error(`${path} is a block: whether it exists cannot depend on an input.`);
}
