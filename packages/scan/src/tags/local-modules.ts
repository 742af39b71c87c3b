import type { ConfigurationBlock } from "../parse/configuration.ts";
import type { ModuleFolder } from "./module-folder.ts";

/** `live/web` of `live/web/main.tf`; empty for a file of the repository's root. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** What a module call names: a folder of the repository by its path, or something else by its source. */
export type ModuleSource = { readonly folder: string } | { readonly elsewhere: string };

/** Where the module of a call is, seen from the folder of the call. A folder outside of the repository is elsewhere. */
export function moduleSource(call: ConfigurationBlock, from: string): ModuleSource {
  const source = call.attributes.get("source");
  if (source?.kind !== "text") return { elsewhere: "a computed source" };
  if (!/^\.\.?(\/|$)/.test(source.text)) return { elsewhere: source.text };
  const path = from === "" ? [] : from.split("/");
  for (const part of source.text.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") path.push(part);
    else if (path.pop() === undefined) return { elsewhere: source.text };
  }
  return { folder: path.join("/") };
}

/** The folders that no other folder calls; where folders call each other in a circle, all of the circle. */
export function rootsOf(folders: ReadonlyMap<string, ModuleFolder>): readonly ModuleFolder[] {
  const calledBy = (from: ModuleFolder) =>
    from.calls.flatMap((call) => {
      const source = moduleSource(call, from.path);
      return "folder" in source && source.folder !== from.path ? [source.folder] : [];
    });
  const called = new Set([...folders.values()].flatMap(calledBy));
  const roots = [...folders.values()].filter(({ path }) => !called.has(path));
  const reached = new Set<string>();
  const open = roots.map(({ path }) => path);
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const folder = folders.get(path);
    if (reached.has(path) || folder === undefined) continue;
    reached.add(path);
    open.push(...calledBy(folder));
  }
  const circles = [...folders.values()].filter(({ path }) => !reached.has(path));
  return [...roots, ...circles].sort((a, b) => (a.path < b.path ? -1 : 1));
}
