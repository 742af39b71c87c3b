import * as nodeFs from "node:fs/promises";
import type { FileSystem } from "../files.ts";

/** What a file system does at one of its changes, and at everything after it. To die while reading is to die before the next change. */
export type Mishap =
  /** The process died: nothing happens any more. A write that was under way wrote half. */
  | "dies"
  /** Nothing more can be written; what stands can be read, linked and removed. */
  | "full";

const NEEDS_SPACE: ReadonlySet<string> = new Set(["create", "writeFile", "mkdir"]);
const CHANGES: ReadonlySet<string> = new Set([...NEEDS_SPACE, "link", "rename", "unlink"]);

export interface ShakyFiles {
  readonly fs: FileSystem;
  /** The change that met with the mishap; `null` when there were fewer. */
  happened(): string | null;
}

/** The system's files without their syncs, which a test's kill does not need: some forty times as fast. */
export const hastyFiles: FileSystem = shaky(Number.POSITIVE_INFINITY, "dies").fs;

/** Files that meet with a mishap at the `nth` change. */
export function shaky(nth: number, mishap: Mishap): ShakyFiles {
  let changes = 0;
  let happened: string | null = null;

  async function perform<Result>(what: string, operation: () => Promise<Result>, half?: () => Promise<void>) {
    const verb = what.slice(0, what.indexOf(" "));
    const suffers = mishap === "dies" || NEEDS_SPACE.has(verb);
    if (CHANGES.has(verb) && suffers) changes++;
    if (!suffers || changes < nth) return operation();
    if (happened === null) await half?.();
    happened ??= what;
    throw Object.assign(new Error(`${what}: ${mishap}`), { code: mishap === "full" ? "ENOSPC" : "EDEAD" });
  }

  const fs: FileSystem = {
    link: (from, to) => perform(`link ${to}`, () => nodeFs.link(from, to)),
    mkdir: ((path: string, options?: { recursive: boolean }) =>
      perform(`mkdir ${path}`, () => nodeFs.mkdir(path, options))) as FileSystem["mkdir"],
    readdir: ((path: string) =>
      perform(`readdir ${path}`, () =>
        nodeFs.readdir(path, { withFileTypes: true }),
      )) as unknown as FileSystem["readdir"],
    realpath: ((path: string) =>
      perform(`realpath ${path}`, () => nodeFs.realpath(path))) as FileSystem["realpath"],
    rename: (from, to) => perform(`rename ${to}`, () => nodeFs.rename(from, to)),
    unlink: (path) => perform(`unlink ${path}`, () => nodeFs.unlink(path)),
    async open(path, flags) {
      const file = await perform(`${flags === "wx" ? "create" : "open"} ${path}`, () =>
        nodeFs.open(path, flags),
      );
      const write = file.writeFile.bind(file);
      file.sync = async () => {};
      file.writeFile = (body) => {
        const half = (body as Uint8Array).slice(0, (body as Uint8Array).length / 2);
        return perform(
          `writeFile ${path}`,
          () => write(body),
          () => write(half),
        );
      };
      return file;
    },
  };
  return { fs, happened: () => happened };
}
