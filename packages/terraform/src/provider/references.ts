import { type Block, lookUp, own, type ProviderSchema } from "./schema.ts";

/**
 * What is wrong with a reference such as aws_s3_bucket.data[0].arn or data.aws_region.current.id, as a sentence; undefined is good news.
 * Only what a resource or data source of the provider offers is judged: var.x, local.y or module.z is not ours to know.
 */
export function checkReference(schema: ProviderSchema, address: string): string | undefined {
  const head = /^(?:data\.)?aws_\w+(?=\.)/.exec(address)?.[0];
  if (!head) return undefined;
  const type = lookUp(schema, head);
  if (!type)
    return `${address} refers to ${head}, of which there is no schema for hashicorp/aws ${schema.version}.`;
  const rest = address.slice(head.length).replace(/^\.[\w-]+/, "");
  const fault = walk(type, steps(rest), head, schema);
  return fault && `${address} ${fault}`;
}

/** One step of a path: a name, or an index (a splat is one too). */
type Step = { readonly name: string } | { readonly index: string };

function steps(rest: string): Step[] {
  const found = rest.matchAll(/\.([A-Za-z_]\w*)|\[([^\]]*)\]|\.(\*|\d+)/g);
  const all = [...found].map(
    ([, name, index, dotted]): Step => (name ? { name } : { index: index ?? dotted ?? "" }),
  );
  // The first index chooses among a resource's instances.
  return all[0] && "index" in all[0] ? all.slice(1) : all;
}

function walk(
  block: Block,
  path: readonly Step[],
  where: string,
  schema: ProviderSchema,
): string | undefined {
  const [step, ...rest] = path;
  if (!step) return undefined;
  if ("index" in step) return `takes an index where ${where} has none.`;
  const attribute = own(block.attributes, step.name);
  const here = `${where}.${step.name}`;
  if (attribute) return rest.length > 0 ? intoAttribute(attribute.type, rest, here) : undefined;
  const nested = own(block.blocks, step.name);
  if (!nested)
    return `refers to ${step.name}, which ${where} does not have at hashicorp/aws ${schema.version}.`;
  if (nested.nesting === "single") return walk(nested, rest, here, schema);
  const [index, ...inner] = rest;
  if (!index) return undefined;
  if (!("index" in index)) return `needs an index after ${here}, which is a ${nested.nesting} of blocks.`;
  if (nested.nesting === "set" && /^\d+$/.test(index.index))
    return `counts into ${here}, but a set has no order.`;
  return walk(nested, inner, here, schema);
}

function intoAttribute(type: string, [step]: readonly Step[], here: string): string | undefined {
  if (!/\(/.test(type)) return `goes into ${here}, which is a ${type}.`;
  const isNumbered = step !== undefined && "index" in step && /^\d+$/.test(step.index);
  return type.startsWith("set(") && isNumbered ? `counts into ${here}, but a set has no order.` : undefined;
}
