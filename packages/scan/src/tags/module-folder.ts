import type { ConfigurationBlock, ConfigurationExpression } from "../parse/configuration.ts";

/** A block with the file that it is in. */
export interface PlacedBlock extends ConfigurationBlock {
  readonly file: string;
}

/** The configuration files of one folder, as Terraform reads them together. */
export interface ModuleFolder {
  /** `live/web`; empty for the repository's root. */
  readonly path: string;
  readonly resources: readonly PlacedBlock[];
  /** Calls of other modules, by name. */
  readonly calls: readonly PlacedBlock[];
  /** The tags that a provider adds by default: by its alias, empty without one. */
  readonly defaultTags: ReadonlyMap<string, ConfigurationExpression>;
  readonly locals: ReadonlyMap<string, ConfigurationExpression>;
  /** The default of each variable; `null` without one. */
  readonly variables: ReadonlyMap<string, ConfigurationExpression | null>;
  /** From files of values that are loaded by themselves. */
  readonly values: ReadonlyMap<string, ConfigurationExpression>;
}

/** Joins the blocks of a folder's files. `values` are those of its `.tfvars` files, the later ones first. */
export function moduleFolder(
  path: string,
  blocks: readonly PlacedBlock[],
  values: ReadonlyMap<string, ConfigurationExpression>,
): ModuleFolder {
  const ofType = (type: string) => blocks.filter((block) => block.type === type);
  const named = <Value>(type: string, value: (block: ConfigurationBlock) => Value) =>
    new Map(ofType(type).map((block) => [block.labels[0] ?? "", value(block)] as const));
  return {
    path,
    resources: ofType("resource").filter(({ labels }) => labels.length === 2),
    calls: ofType("module").filter(({ labels }) => labels.length === 1),
    defaultTags: new Map(
      ofType("provider")
        .filter(({ labels }) => labels[0] === "aws")
        .map((block) => [aliasOf(block), defaultTagsOf(block)]),
    ),
    locals: new Map(ofType("locals").flatMap(({ attributes }) => [...attributes])),
    variables: named("variable", ({ attributes }) => attributes.get("default") ?? null),
    values,
  };
}

function aliasOf({ attributes }: ConfigurationBlock): string {
  const alias = attributes.get("alias");
  return alias?.kind === "text" ? alias.text : "";
}

/** A provider that generates its block leaves the tags open. */
function defaultTagsOf({ blocks, attributes }: ConfigurationBlock): ConfigurationExpression {
  if (isGenerated(blocks, "default_tags")) return { kind: "other" };
  const block = blocks.find(({ type }) => type === "default_tags");
  if (block !== undefined) return block.attributes.get("tags") ?? { kind: "null" };
  return attributes.has("default_tags") ? { kind: "other" } : { kind: "null" };
}

/** Whether a `dynamic` block makes blocks of a type; in JSON the type is a name inside of it. */
export const isGenerated = (blocks: readonly ConfigurationBlock[], type: string): boolean =>
  blocks.some(
    (block) => block.type === "dynamic" && (block.labels[0] === type || block.attributes.has(type)),
  );
