import { isFreeType } from "@dapanoskop/core/pricing";
import type { ConfigurationBlock, ConfigurationExpression } from "../parse/configuration.ts";
import type { ScannedRoot, TagFinding, UnreadModule } from "../scan-report.ts";
import { type ModuleCall, tagsOf } from "./evaluate-tags.ts";
import { moduleSource } from "./local-modules.ts";
import { isGenerated, type ModuleFolder, type PlacedBlock } from "./module-folder.ts";
import { hasTag, mergedTags, noTags, openTags, type TagKeys } from "./tag-keys.ts";
import { taggableTypes } from "./taggable-types.ts";

/** What was found in one root and the local modules that it calls. */
export interface RootScan {
  readonly root: ScannedRoot;
  readonly findings: readonly TagFinding[];
  readonly unreadModules: readonly UnreadModule[];
}

/** A module that is called, with its address and the tags that its providers add. */
interface CalledModule extends ModuleCall {
  /** `module.web.`; empty in the root. */
  readonly prefix: string;
  readonly defaultTags: ReadonlyMap<string, TagKeys>;
}

/** Deeper calls are a circle. */
const DEEPEST_CALL = 20;

/** A repository that calls modules from modules many times over is not followed further. */
const MOST_CALLS = 10_000;

/** Follows a root through the local modules that it calls. */
export function scanRoot(
  folder: ModuleFolder,
  folders: ReadonlyMap<string, ModuleFolder>,
  tagKey: string,
): RootScan {
  const root = folder.path === "" ? "." : folder.path;
  const findings: TagFinding[] = [];
  const unreadModules: UnreadModule[] = [];
  const counts = { tagged: 0, untagged: 0, undecided: 0 };
  const kinds = { true: "tagged", false: "untagged", null: "undecided" } as const;
  const open: CalledModule[] = [rootModule(folder)];
  let followed = 0;
  for (let module = open.pop(); module !== undefined; module = open.pop()) {
    followed += 1;
    for (const resource of module.folder.resources) {
      const tags = resourceTags(resource, module);
      if (tags === null) continue;
      const kind = kinds[`${hasTag(tags, tagKey)}`];
      counts[kind] += 1;
      if (kind !== "tagged") findings.push(finding(kind, resource, module, root));
    }
    for (const call of module.folder.calls) {
      const called = followed > MOST_CALLS ? null : calledModule(call, module, folders);
      if (called !== null) open.push(called);
      else unreadModules.push({ source: sourceText(call), file: call.file, line: call.line });
    }
  }
  return { root: { path: root, ...counts }, findings, unreadModules };
}

function rootModule(folder: ModuleFolder): CalledModule {
  const call: ModuleCall = { folder, caller: null };
  return { ...call, prefix: "", defaultTags: ownDefaultTags(call) };
}

const ownDefaultTags = (call: ModuleCall): ReadonlyMap<string, TagKeys> =>
  new Map([...call.folder.defaultTags].map(([alias, tags]) => [alias, tagsOf(tags, call)]));

function calledModule(
  call: PlacedBlock,
  caller: CalledModule,
  folders: ReadonlyMap<string, ModuleFolder>,
): CalledModule | null {
  const source = moduleSource(call, caller.folder.path);
  const folder = "folder" in source ? folders.get(source.folder) : undefined;
  if (folder === undefined || caller.prefix.split("module.").length > DEEPEST_CALL) return null;
  const own: ModuleCall = { folder, caller: { call: caller, values: call.attributes } };
  const inherited = new Map([["", caller.defaultTags.get("") ?? noTags]]);
  return {
    ...own,
    prefix: `${caller.prefix}module.${call.labels[0]}.`,
    defaultTags: new Map([...inherited, ...givenProviders(call, caller), ...ownDefaultTags(own)]),
  };
}

/** `providers = { aws = aws.eu, aws.backup = aws.us }`: the called module's names for providers of the caller. */
function givenProviders(
  call: ConfigurationBlock,
  caller: CalledModule,
): readonly (readonly [string, TagKeys])[] {
  const providers = call.attributes.get("providers");
  if (providers?.kind !== "object") return [];
  return providers.entries.flatMap(({ key, value }) =>
    key === "aws" || key?.startsWith("aws.")
      ? [[key.slice("aws.".length), providerTags(value, caller)] as const]
      : [],
  );
}

function providerTags(provider: ConfigurationExpression | undefined, module: CalledModule): TagKeys {
  if (provider === undefined) return module.defaultTags.get("") ?? noTags;
  const path =
    provider.kind === "reference" ? provider.path : provider.kind === "text" ? provider.text.split(".") : [];
  return path[0] === "aws" ? (module.defaultTags.get(path[1] ?? "") ?? noTags) : openTags;
}

/** The tags of a resource with those of its provider; `null` where its type cannot have tags. */
function resourceTags({ labels, attributes, blocks }: PlacedBlock, module: CalledModule): TagKeys | null {
  const [type = ""] = labels;
  // Its tags are blocks, and its provider's default tags do not reach it.
  if (type === "aws_autoscaling_group") return blockTags(blocks);
  if (!taggableTypes.has(type)) return null;
  const tags = attributes.get("tags");
  const own = tags === undefined ? noTags : tagsOf(tags, module);
  return mergedTags(providerTags(attributes.get("provider"), module), own);
}

function blockTags(blocks: readonly ConfigurationBlock[]): TagKeys {
  const texts = (name: string) =>
    blocks.filter(({ type }) => type === "tag").map(({ attributes }) => attributes.get(name));
  const keys = texts("key").map((key) => (key?.kind === "text" ? key.text : null));
  return {
    keys: new Map(keys.flatMap((key) => (key === null ? [] : [[key, true] as const]))),
    isOpen: isGenerated(blocks, "tag") || keys.includes(null),
  };
}

const finding = (
  kind: TagFinding["kind"],
  { labels: [type = "", name = ""], file, line }: PlacedBlock,
  { prefix }: CalledModule,
  root: string,
): TagFinding => ({
  kind,
  address: `${prefix}${type}.${name}`,
  type,
  isFree: isFreeType(type),
  file,
  line,
  root,
});

function sourceText(call: ConfigurationBlock): string {
  const source = call.attributes.get("source");
  return source?.kind === "text" ? source.text : "a computed source";
}
