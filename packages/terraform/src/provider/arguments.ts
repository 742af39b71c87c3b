import type { Attribute, Block } from "./schema.ts";

/** A Terraform argument found under its Pulumi name: an attribute to assign, or a block to nest. */
export type Argument =
  | { readonly name: string; readonly attribute: Attribute }
  | { readonly name: string; readonly block: Block };

/**
 * The argument that @pulumi/aws calls by this name, if the block has it. Pulumi writes names in camel case, and in the plural where there
 * can be several: orderedCacheBehaviors is ordered_cache_behavior. Where it knows better than the schema that there is only one it keeps
 * the singular, so that is understood too. The few it renames outright (topic for topic_arn) are the caller's.
 */
export function argumentFor(block: Block, pulumiName: string): Argument | undefined {
  for (const [name, attribute] of Object.entries(block.attributes)) {
    if (spellings(name, /^(list|set)\(/.test(attribute.type)).includes(pulumiName))
      return { name, attribute };
  }
  for (const [name, nested] of Object.entries(block.blocks ?? {})) {
    const several = nested.nesting !== "single" && nested.max !== 1;
    if (spellings(name, several).includes(pulumiName)) return { name, block: nested };
  }
  return undefined;
}

function spellings(name: string, several: boolean): string[] {
  return several ? [camelCase(plural(name)), camelCase(name)] : [camelCase(name)];
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function plural(name: string): string {
  if (/[^s]s$/.test(name)) return name;
  if (/(x|ch|sh|ss)$/.test(name)) return `${name}es`;
  if (/[^aeiou]y$/.test(name)) return name.replace(/y$/, "ies");
  return `${name}s`;
}
