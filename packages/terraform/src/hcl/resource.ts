import { argumentFor } from "../provider/arguments.ts";
import { type Block, type Body, own } from "../provider/schema.ts";
import { bodyOf } from "../synthesis/body.ts";
import { type Group, isExpression, type Node } from "../synthesis/expression.ts";
import { address, type Resource } from "../synthesis/resource.ts";
import { attribute, block, comment, type LayoutItem } from "./layout.ts";
import { quoted } from "./text.ts";
import { type Context, inside, TOP_LEVEL, toHcl } from "./value.ts";

type HclSection = readonly LayoutItem[];

/** A resource as a block of the module, below its comments and local values. */
export function resourceSections(resource: Resource, schema: Block): readonly HclSection[] {
  const { mode, type, name, locals, comments, dependsOn } = resource;
  const context = contextOf(resource.group);
  const body = [
    metaArguments(resource),
    ...bodySections(bodyOf(resource, schema), schema, context),
    lifecycle(resource, schema),
    dependsOn.length === 0 ? [] : [attribute("depends_on", `[${dependsOn.map(address).join(", ")}]`)],
  ];
  // A local value exists whether or not the resource does.
  const declared = locals.map(({ name, value }) => attribute(name, toHcl(value)));
  const blocks = [
    ...(declared.length === 0 ? [] : [block("locals", ...declared.map((one) => [one]))]),
    block(`${mode} ${quoted(type)} ${quoted(name)}`, ...body),
  ];
  return blocks.map((one, at) => (at === 0 ? [...comments.map(comment), one] : [one]));
}

function contextOf(group: Group | null): Context {
  if (group === null) return TOP_LEVEL;
  if (group.kind === "conditional") return { ...TOP_LEVEL, condition: group };
  return inside({ ...TOP_LEVEL, condition: group.condition }, group, { key: "each.key", row: "each.value" });
}

function metaArguments({ group, provider }: Resource): HclSection {
  return [
    ...(group === null ? [] : [repetition(group)]),
    ...(provider === null ? [] : [attribute("provider", provider)]),
  ];
}

function repetition(group: Group): LayoutItem {
  if (group.kind === "conditional") return attribute("count", `${toHcl(group.condition)} ? 1 : 0`);
  const forEach = toHcl(group.forEach);
  return attribute(
    "for_each",
    group.condition === null
      ? forEach
      : `{ for key, row in ${forEach} : key => row if ${toHcl(group.condition.condition)} }`,
  );
}

/** Arguments first, then each nested block, as in Terraform's own style. */
function bodySections(body: Body, schema: Block, context: Context): readonly HclSection[] {
  const entries = Object.entries(body);
  const attributes = entries
    .filter(([name]) => own(schema.attributes, name) !== undefined)
    .map(([name, value]) => attribute(name, toHcl(value, context)));
  const blocks = entries.flatMap(([name, value]): readonly HclSection[] => {
    const nested = own(schema.blocks, name);
    return nested === undefined ? [] : blockSections(name, value, nested, context);
  });
  return [attributes, ...blocks];
}

/** A list of blocks, a dynamic block for the elements of an iteration, or several of both. */
function blockSections(name: string, value: unknown, schema: Block, context: Context): readonly HclSection[] {
  if (!isExpression(value)) {
    return (value as readonly Body[]).map((one) => [block(name, ...bodySections(one, schema, context))]);
  }
  const { node } = value;
  if (node.kind === "call" && node.name === "concat") {
    return node.args.flatMap((list) => blockSections(name, list, schema, context));
  }
  return [[dynamicBlock(name, node, schema, context)]];
}

function dynamicBlock(name: string, node: Node, schema: Block, context: Context): LayoutItem {
  if (node.kind !== "for") throw new TypeError(`${name} is neither blocks nor a list of them.`);
  const element = `${name}.value`;
  const content = bodySections(
    node.value as Body,
    schema,
    inside(context, node.each, { key: element, row: element }),
  );
  const forEach = attribute("for_each", toHcl(node.each.source, context));
  return block(`dynamic ${quoted(name)}`, [forEach], [block("content", ...content)]);
}

function lifecycle({ type, lifecycle }: Resource, schema: Block): HclSection {
  const { createBeforeDestroy, ignoreChanges = [] } = lifecycle;
  const ignored = ignoreChanges.map((pulumiName) => {
    const name = argumentFor(schema, pulumiName)?.name;
    if (name === undefined) throw new Error(`${type} has no argument that Pulumi calls ${pulumiName}.`);
    return name;
  });
  const body = [
    ...(createBeforeDestroy === undefined ? [] : [attribute("create_before_destroy", "true")]),
    ...(ignored.length === 0 ? [] : [attribute("ignore_changes", `[${ignored.join(", ")}]`)]),
  ];
  return body.length === 0 ? [] : [block("lifecycle", body)];
}
