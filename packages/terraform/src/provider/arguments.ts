import type { Attribute, Block } from "./schema.ts";

/** A Terraform argument: an attribute, or a nested block. */
type Argument =
  | { readonly name: string; readonly attribute: Attribute }
  | { readonly name: string; readonly block: Block };

/**
 * The argument with this name in @pulumi/aws, if the block has it. Pulumi's names are in camel case, and plural where there can
 * be several: orderedCacheBehaviors is ordered_cache_behavior. Where only one makes sense, Pulumi keeps the singular although the
 * schema allows several, so both are accepted. The caller handles the few that Pulumi renames (topic for topic_arn).
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
