import { mkdtemp, open, realpath, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ListedObject, ObjectReader } from "@dapanoskop/core/store";
import { billFileError } from "./bill-file-error.ts";
import { BILL_ENDING, isIgnoredFile } from "./bill-file-names.ts";
import type { BillFilePath } from "./bill-file-path.ts";
import { type BillPlace, changedError, type FoundBill } from "./bill-place.ts";
import { deliveredFiles } from "./delivery.ts";
import { type Engine, openEngine } from "./engine.ts";
import { manifestOf } from "./find-bill-files.ts";
import { decisiveManifests, LONGEST_MANIFEST_BYTES, type Manifest } from "./manifest.ts";
import { type ByteRange, neededRanges } from "./parquet-ranges.ts";
import { scanPath } from "./scan-path.ts";

/** A bill in objects, whose copies are files of this machine until they are removed. */
export interface CopiedObjects extends BillPlace {
  remove(): Promise<void>;
}

/** Objects that are copied at once, parts of each, and the size of a part: 64 MB of memory at most. */
const OBJECTS_AT_ONCE = 4;
const PARTS_AT_ONCE = 2;
const PART_BYTES = 8 << 20;

/**
 * The objects of a bill. The first `find` copies those of the newest delivery; later ones find the copies.
 * @param provider whose charges will be read: they decide which columns of a Parquet file are copied
 */
export async function copiedObjects(objects: ObjectReader, provider: string): Promise<CopiedObjects> {
  // Absolute, as for the engine's folder.
  const folder = await realpath(await mkdtemp(join(tmpdir(), "dapanoskop-objects-")));
  let copies: FoundBill | null = null;
  return {
    name: objects.place,
    async find() {
      copies ??= await copiesOf(objects, folder, provider);
      return copies;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** @throws CostSourceError when the bill changes while it is copied */
async function copiesOf(objects: ObjectReader, folder: string, provider: string): Promise<FoundBill> {
  const { files, notes } = await chosenObjects(objects);
  await checkSpace(folder, files);
  const copies: BillFilePath[] = [];
  const engine = await openEngine();
  try {
    await eachAtOnce(OBJECTS_AT_ONCE, [...files.entries()], async ([number, object]) => {
      const location = join(folder, `object-${number}`);
      copies[number] = await copied(objects, object, { engine, location, number, provider });
    });
  } finally {
    await engine.close();
  }
  const after = new Set((await chosenObjects(objects)).files.map(identityOf));
  const changed = files.find((object) => !after.has(identityOf(object)));
  if (changed !== undefined) throw changedError(changed.name);
  if (after.size > files.length) throw changedError(objects.place);
  return { files: copies, notes };
}

const identityOf = ({ name, version }: ListedObject) => `${name} ${version}`;

/** Manifests are read first: only the objects that they name are copied. */
async function chosenObjects(
  objects: ObjectReader,
): Promise<{ files: readonly ListedObject[]; notes: FoundBill["notes"] }> {
  const listed = (await objects.list()).filter(({ path }) => !path.split("/").some(isIgnoredFile));
  const byPath = new Map(listed.map((object) => [object.path, object]));
  const bills = listed.filter(({ path }) => BILL_ENDING.test(path));
  // The object that the place names is a bill whatever its name is.
  const [only] = listed;
  if (bills.length === 0 && listed.length === 1 && only !== undefined && objects.place === only.name)
    bills.push(only);
  const manifests: Manifest[] = [];
  for (const path of decisiveManifests(listed.map((object) => object.path))) {
    const object = byPath.get(path);
    if (object === undefined) continue;
    manifests.push(...manifestOf(object.name, object.path, await textOf(objects, object)));
  }
  const nameOf = (path: string) => byPath.get(path)?.name ?? path;
  const { paths, notes } = deliveredFiles(
    bills.map(({ path }) => path),
    manifests,
    nameOf,
  );
  if (paths.length === 0) {
    throw billFileError(
      `There is no bill in ${objects.place}: it has ${listed.length === 1 ? "1 object" : `${listed.length} objects`}, and none ends in .csv, .csv.gz or .parquet.`,
    );
  }
  return { files: paths.flatMap((path) => byPath.get(path) ?? []), notes };
}

async function textOf(objects: ObjectReader, object: ListedObject): Promise<string> {
  if (object.bytes > LONGEST_MANIFEST_BYTES) {
    throw billFileError(`${object.name} is too large for a manifest. Name a folder without it.`);
  }
  if (object.bytes === 0) return "";
  const bytes = await objects.read(object, 0, object.bytes);
  if (bytes === null) throw changedError(object.name);
  return new TextDecoder().decode(bytes);
}

/**
 * Copies an object. Of a Parquet file only the footer and the chunks of the columns that are needed are copied, to where they are in
 * the object: the rest of the copy is a hole that takes no space, and that no query reads.
 */
async function copied(
  objects: ObjectReader,
  object: ListedObject,
  { engine, location, number, provider }: CopyTarget,
): Promise<BillFilePath> {
  const { bytes, name, version } = object;
  const copy: BillFilePath = { path: name, location, version, identity: identityOf(object), bytes };
  const file = await open(location, "wx", 0o600);
  const write = (ranges: readonly ByteRange[]) =>
    eachAtOnce(PARTS_AT_ONCE, ranges.flatMap(partsOf), async ({ start, end }) => {
      const part = await objects.read(object, start, end);
      if (part === null) throw changedError(name);
      const { bytesWritten } = await file.write(part, 0, part.length, start);
      if (bytesWritten < part.length) {
        throw billFileError(`${name} was not copied completely to ${location}: the disk is full.`);
      }
    });
  try {
    const footer = bytes >= WORTH_PARTS && /\.parquet$/i.test(name) ? await footerOf(objects, object) : null;
    if (footer === null) {
      await write([{ start: 0, end: bytes }]);
      return copy;
    }
    await write([{ start: 0, end: MAGIC.length }, footer]);
    const needed = await neededRanges(
      engine.connection,
      copy,
      await scanPath(engine.folder, location, number),
      provider,
    );
    await write(needed ?? [{ start: 0, end: footer.start }]);
    return copy;
  } finally {
    await file.close();
  }
}

interface CopyTarget {
  readonly engine: Engine;
  readonly location: string;
  /** Among the objects of the bill. */
  readonly number: number;
  readonly provider: string;
}

/** A Parquet file begins and ends with it. */
const MAGIC = "PAR1";

/** The last eight bytes: the length of the metadata, and the magic. */
const TAIL_BYTES = 8;

/** Smaller files are copied whole. */
const WORTH_PARTS = 1 << 20;

/** Where the metadata of a Parquet file is, to its end; `null` for another file. */
async function footerOf(objects: ObjectReader, object: ListedObject): Promise<ByteRange | null> {
  const { bytes, name } = object;
  const tail = await objects.read(object, bytes - TAIL_BYTES, bytes);
  if (tail === null) throw changedError(name);
  const magic = new TextDecoder("latin1").decode(tail.subarray(TAIL_BYTES - MAGIC.length));
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  const start = bytes - TAIL_BYTES - view.getUint32(0, true);
  return magic === MAGIC && start >= MAGIC.length ? { start, end: bytes } : null;
}

const partsOf = ({ start, end }: ByteRange): readonly ByteRange[] =>
  Array.from({ length: Math.ceil((end - start) / PART_BYTES) }, (_, part) => ({
    start: start + part * PART_BYTES,
    end: Math.min(start + (part + 1) * PART_BYTES, end),
  }));

/** Runs an action for every item, so many at once. After a failure no other item begins, and it is thrown when all have ended. */
async function eachAtOnce<Item>(
  count: number,
  items: readonly Item[],
  action: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0;
  let hasFailed = false;
  const work = async () => {
    while (next < items.length && !hasFailed) {
      const item = items[next] as Item;
      next += 1;
      await action(item).catch((cause: unknown) => {
        hasFailed = true;
        throw cause;
      });
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: count }, work));
  const failed = ended.find((one) => one.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}

async function checkSpace(folder: string, objects: readonly ListedObject[]): Promise<void> {
  const bytes = objects.reduce((total, object) => total + object.bytes, 0);
  const { bavail, bsize } = await statfs(folder);
  if (bytes <= bavail * bsize) return;
  throw billFileError(
    `The bill has ${megabytes(bytes)} MB, and the temporary folder ${folder} has ${megabytes(bavail * bsize)} MB left. Set TMPDIR to a larger one.`,
  );
}

const megabytes = (bytes: number) => Math.ceil(bytes / 1e6);
