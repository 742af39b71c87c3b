import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract, type Header } from "tar-stream";
import {
  isConfiguration,
  LARGEST_FILE_BYTES,
  MOST_BYTES,
  MOST_FILES,
  type RepositoryFile,
  type RepositoryFiles,
  type SkippedFile,
} from "../repository-file.ts";
import { ScanError } from "../scan-error.ts";

/** What an archive may be at most. Everything in it counts, also what is not read. */
export interface ArchiveLimits {
  /** Packed. */
  readonly bytes: number;
  readonly unpackedBytes: number;
  readonly entries: number;
}

export const archiveLimits: ArchiveLimits = {
  bytes: 200_000_000,
  unpackedBytes: 2_000_000_000,
  entries: 500_000,
};

/** From here on an archive may unpack to at most so many times its size: text seldom packs better than 20 to 1. */
const RATIO_FROM_BYTES = 10_000_000;
const LARGEST_RATIO = 100;

const LONGEST_PATH = 1_000;

/**
 * The configuration files of a `.tar.gz` whose files are in one folder, as GitHub makes it. Nothing is written anywhere. Links are
 * left out; a path that leads out of the archive, and an archive beyond the limits, are refused.
 * @param name what the archive is called in messages
 * @throws ScanError
 */
export async function readArchive(
  packed: AsyncIterable<Uint8Array>,
  name: string,
  limits: ArchiveLimits = archiveLimits,
): Promise<RepositoryFiles> {
  const files: RepositoryFile[] = [];
  const skipped: SkippedFile[] = [];
  const read = { packed: 0, unpacked: 0, entries: 0, kept: 0 };
  const tooLarge = (what: string) =>
    new ScanError(
      "too-large",
      `The archive of ${name} has ${what}. Clone it, and scan the folders that you need.`,
    );

  async function* counted() {
    for await (const chunk of packed) {
      read.packed += chunk.length;
      if (read.packed > limits.bytes) throw tooLarge(`more than ${limits.bytes / 1_000_000} MB`);
      yield chunk;
    }
  }
  async function* measured(chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      read.unpacked += chunk.length;
      const isBomb = read.unpacked > RATIO_FROM_BYTES && read.unpacked > read.packed * LARGEST_RATIO;
      if (isBomb) throw tooLarge(`content that unpacks to more than ${LARGEST_RATIO} times its size`);
      if (read.unpacked > limits.unpackedBytes) {
        throw tooLarge(`more than ${limits.unpackedBytes / 1_000_000} MB of content`);
      }
      yield chunk;
    }
  }

  async function entry(header: Header, content: AsyncIterable<Uint8Array>): Promise<void> {
    read.entries += 1;
    if (read.entries > limits.entries) throw tooLarge(`more than ${limits.entries} files`);
    const path = insidePath(header.name, name);
    if (header.type === "symlink" || header.type === "link") {
      if (isConfiguration(path)) skipped.push({ path, why: "it is a link" });
      return drain(content);
    }
    if (header.type !== "file" || !isConfiguration(path)) return drain(content);
    if ((header.size ?? 0) > LARGEST_FILE_BYTES) {
      skipped.push({ path, why: "it is larger than 1 MB" });
      return drain(content);
    }
    const chunks: Uint8Array[] = [];
    for await (const chunk of content) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    read.kept += bytes.length;
    if (files.length >= MOST_FILES || read.kept > MOST_BYTES) {
      throw tooLarge(`more than ${MOST_FILES} configuration files or ${MOST_BYTES / 1_000_000} MB of them`);
    }
    files.push({ path, text: bytes.toString("utf8") });
  }

  const entries = extract();
  const reading = (async () => {
    for await (const content of entries) await entry(content.header, content as AsyncIterable<Uint8Array>);
  })();
  try {
    await Promise.all([reading, pipeline(Readable.from(counted()), createGunzip(), measured, entries)]);
  } catch (cause) {
    entries.destroy();
    await reading.catch(() => undefined);
    throw cause instanceof ScanError ? cause : damaged(name, cause);
  }
  if (read.entries === 0) throw damaged(name, undefined);
  return { files, skipped };
}

/** The path without the archive's own folder. */
function insidePath(path: string, name: string): string {
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  if (path.startsWith("/") || path.includes("\0") || parts.includes("..") || path.length > LONGEST_PATH) {
    throw new ScanError(
      "bad-archive",
      `The archive of ${name} has a file whose path leads out of it or is longer than ${LONGEST_PATH} characters. It is not read.`,
    );
  }
  return parts.slice(1).join("/");
}

async function drain(content: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _chunk of content) {
    // Read to its end, so that the next entry begins.
  }
}

const damaged = (name: string, cause: unknown) =>
  new ScanError(
    "bad-archive",
    `The archive of ${name} is damaged or not a .tar.gz. Try again; if it stays so, clone it and scan the folder.`,
    {
      cause,
    },
  );
