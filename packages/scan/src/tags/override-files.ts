import type { PlacedBlock } from "./module-folder.ts";

/**
 * Blocks with those of override files merged in: an override replaces attributes and nested blocks of the block with the same
 * type and labels. One that overrides nothing is an error of Terraform's, and counts as a block of its own here.
 */
export function overridden(
  blocks: readonly PlacedBlock[],
  overrides: readonly PlacedBlock[],
): readonly PlacedBlock[] {
  const merged = [...blocks];
  for (const override of overrides) {
    const at = merged.findIndex((block) => nameOf(block) === nameOf(override));
    const block = merged[at];
    if (block === undefined) {
      merged.push(override);
      continue;
    }
    const replaced = new Set(override.blocks.map(({ type }) => type));
    merged[at] = {
      ...block,
      attributes: new Map([...block.attributes, ...override.attributes]),
      blocks: [...block.blocks.filter(({ type }) => !replaced.has(type)), ...override.blocks],
    };
  }
  return merged;
}

/** A provider's blocks are told apart by their alias, which an override repeats. */
function nameOf({ type, labels, attributes }: PlacedBlock): string {
  const alias = type === "provider" ? attributes.get("alias") : undefined;
  return [type, ...labels, alias?.kind === "text" ? alias.text : ""].join(" ");
}
