import * as nodeFs from "node:fs/promises";
import type { FileSystem } from "../../files/files.ts";

/** How a file system fails at one of its changes, and at every call after it. A kill during a read is a kill before the next change. */
export type FileFault =
  /** The process was killed: no call has an effect any more. A write at that moment wrote half. */
  | "killed"
  /** Nothing more can be written; existing files can be read, linked and removed. */
  | "full";

const NEEDS_SPACE: ReadonlySet<string> = new Set(["create", "writeFile", "mkdir"]);
const CHANGES: ReadonlySet<string> = new Set([...NEEDS_SPACE, "link", "rename", "unlink"]);

export interface FaultyFiles {
  readonly fs: FileSystem;
  /** The change that failed; `null` when there were fewer. */
  happened(): string | null;
}

/** The system's files without syncs, which tests do not need: about forty times as fast. */
export const unsyncedFiles: FileSystem = faultyFiles(Number.POSITIVE_INFINITY, "killed").fs;

/** Files that fail at the `nth` change. */
export function faultyFiles(nth: number, fault: FileFault): FaultyFiles {
  let changes = 0;
  let happened: string | null = null;

  async function perform<Result>(what: string, operation: () => Promise<Result>, half?: () => Promise<void>) {
    const verb = what.slice(0, what.indexOf(" "));
    const fails = fault === "killed" || NEEDS_SPACE.has(verb);
    if (CHANGES.has(verb) && fails) changes++;
    if (!fails || changes < nth) return operation();
    if (happened === null) await half?.();
    happened ??= what;
    throw Object.assign(new Error(`${what}: ${fault}`), { code: fault === "full" ? "ENOSPC" : "EDEAD" });
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
