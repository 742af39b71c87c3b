import { sha256Hex } from "@dapanoskop/core/store";
import type { SnapshotFile } from "../documents/index-document.ts";
import { ArtifactError } from "../documents/parse.ts";
import { isArtifactKey } from "../keys/key.ts";
import type { ParquetCodec } from "../parquet/parquet-codec.ts";
import type { Findings } from "./findings.ts";

/** What is read of a store: an `ArtifactStore` is one. */
export interface PublishedFiles {
  readonly place: string;
  /** The copies of the index that the place keeps for itself, as a folder does. */
  indexCopies?(): Promise<
    readonly { readonly name: string; readonly generation: number | null; readonly body: Uint8Array | null }[]
  >;
  get(key: string): Promise<{ readonly body: Uint8Array } | null>;
  list(prefix: string): Promise<readonly string[]>;
}

/** Files of a store, counted and checked as they are read. */
export interface CheckedFiles {
  readonly files: number;
  readonly bytes: number;
  /** Keys that were read and compared with a hash. */
  readonly compared: ReadonlySet<string>;
  get(key: string): Promise<Uint8Array | null>;
  /** The file when it has the hash that the index or a summary gives; a fault and `null` otherwise. */
  named(file: SnapshotFile): Promise<Uint8Array | null>;
}

/** What every part of a verification works with. */
export interface VerificationContext {
  readonly files: CheckedFiles;
  readonly parquet: ParquetCodec;
  readonly found: Findings;
  /** Parquet rows that were read so far. */
  readonly rows: { count: number };
}

export function checkedFiles(store: PublishedFiles, found: Findings): CheckedFiles {
  const compared = new Set<string>();
  const counted = { files: 0, bytes: 0 };
  const get = async (key: string) => {
    // An index that was edited can name anything. A store refuses to read what is no key.
    if (!isArtifactKey(key)) return null;
    const object = await store.get(key);
    if (object === null) return null;
    counted.files += 1;
    counted.bytes += object.body.length;
    return object.body;
  };
  return {
    get files() {
      return counted.files;
    },
    get bytes() {
      return counted.bytes;
    },
    compared,
    get,
    async named({ key, sha256, bytes }) {
      if (!isArtifactKey(key)) {
        found.fault(`${JSON.stringify(key.slice(0, 80))} is named, and is not the key of a published file.`);
        return null;
      }
      const body = await get(key);
      compared.add(key);
      if (body === null) {
        found.fault(`${key} is missing.`);
        return null;
      }
      if (body.length === bytes && (await sha256Hex(body)) === sha256) return body;
      found.fault(
        `${key} is not what was published: it has ${body.length} of ${bytes} bytes, or another SHA-256.`,
      );
      return null;
    },
  };
}

/** The result of `parse`; a fault and `null` when the file is not as published. */
export function nullWithFault<Value>(found: Findings, parse: () => Value): Value | null {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    found.fault(error.message);
    return null;
  }
}
