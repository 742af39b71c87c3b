import type { ConfigurationBlock, ConfigurationExpression, ParsedFile } from "./parse/configuration.ts";
import { hclFile } from "./parse/hcl-file.ts";
import { jsonFile } from "./parse/json-file.ts";
import type { RepositoryFile, RepositoryFiles, SkippedFile } from "./repository-file.ts";
import type { ScanReport } from "./scan-report.ts";
import { folderOf, rootsOf } from "./tags/local-modules.ts";
import { type ModuleFolder, moduleFolder, type PlacedBlock } from "./tags/module-folder.ts";
import { overridden } from "./tags/override-files.ts";
import { scanRoot } from "./tags/scan-root.ts";
import type { HclParser } from "./wasm/hcl-parser.ts";

/**
 * Looks for resources of AWS without a tag. The files are only read: no provider, no module and no expression of theirs is run.
 * @param tagKey the tag that tells the workload: `App`
 */
export function scanFiles(
  { files, skipped }: RepositoryFiles,
  tagKey: string,
  parser: HclParser,
): ScanReport {
  const notRead: SkippedFile[] = [...skipped];
  const folders = modulesOf(files, parser, notRead);
  const roots = rootsOf(folders);
  const scanned = roots.map((root) => scanRoot(root, folders, tagKey));
  return {
    tagKey,
    roots: scanned.map(({ root }) => root),
    findings: scanned.flatMap(({ findings }) => findings).sort(byPlace),
    unreadModules: distinct(scanned.flatMap(({ unreadModules }) => unreadModules)).sort(byPlace),
    skipped: notRead,
  };
}

function modulesOf(
  files: readonly RepositoryFile[],
  parser: HclParser,
  notRead: SkippedFile[],
): ReadonlyMap<string, ModuleFolder> {
  const paths = new Set(files.map(({ path }) => path));
  const byFolder = new Map<string, RepositoryFile[]>();
  for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    // OpenTofu reads main.tofu instead of main.tf.
    if (isReplaced(file.path, paths)) continue;
    const folder = folderOf(file.path);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), file]);
  }
  const modules = [...byFolder].map(([path, inFolder]) => {
    const blocks: PlacedBlock[] = [];
    const overrides: PlacedBlock[] = [];
    const values = new Map<string, ConfigurationExpression>();
    for (const file of inFolder) {
      const {
        blocks: [whole],
        errorLine,
      } = parsed(file, parser);
      if (errorLine !== null) {
        notRead.push({
          path: file.path,
          why: `line ${errorLine} is not understood, so some of it may be missing`,
        });
      }
      if (whole === undefined) continue;
      if (/\.tfvars(\.json)?$/.test(file.path)) {
        for (const [name, value] of whole.attributes) values.set(name, value);
      } else {
        const list = /(^|[/_])override\.(tf|tofu)(\.json)?$/.test(file.path) ? overrides : blocks;
        list.push(...whole.blocks.map((block: ConfigurationBlock) => ({ ...block, file: file.path })));
      }
    }
    return [path, moduleFolder(path, overridden(blocks, overrides), values)] as const;
  });
  // A folder of values alone is no module.
  return new Map(
    modules.filter(([path]) => byFolder.get(path)?.some((file) => !/\.tfvars(\.json)?$/.test(file.path))),
  );
}

const isReplaced = (path: string, paths: ReadonlySet<string>) =>
  /\.tf(\.json)?$/.test(path) && paths.has(path.replace(/\.tf(\.json)?$/, ".tofu$1"));

const parsed = ({ path, text }: RepositoryFile, parser: HclParser): ParsedFile =>
  path.endsWith(".json") ? jsonFile(text, parser) : hclFile(text, parser);

interface Placed {
  readonly file: string;
  readonly line: number;
}

const byPlace = (a: Placed, b: Placed) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1);

const distinct = <One extends Placed>(list: readonly One[]): One[] => [
  ...new Map(list.map((one) => [`${one.line} ${one.file}`, one])).values(),
];
