import { BOOLEAN, DOUBLE, DuckDBScalarFunction, INTEGER } from "@duckdb/node-api";

/**
 * What a scan has seen of charges, by 53 bits of a hash each: which line items stand in the bill twice, and how many
 * charges two files have in common. Hashes may collide, so what is found here is a suspicion that a second look confirms.
 */
export interface SeenCharges {
  /** `seen_line_item(hash)`, never NULL: marks a line item as seen. A hash of 0 marks nothing. */
  readonly lineItem: DuckDBScalarFunction;
  /** `seen_row(hash, file)`, never NULL: marks a charge without an id as seen in a file. A hash of 0 marks nothing. */
  readonly row: DuckDBScalarFunction;
  /** Hashes of line items that were seen more than once, at most `MOST_REPEATED` of them. */
  readonly repeated: readonly number[];
  /** Pairs of files that have charges without an id in common. */
  commonRows(): readonly CommonRows[];
  /** Forgets everything. */
  clear(): void;
}

export interface CommonRows {
  readonly files: readonly [number, number];
  /** The distinct charges that both have. */
  readonly count: number;
  /** The distinct charges of the one that has fewer. */
  readonly ofSmaller: number;
  /** The distinct charges of the other one. */
  readonly ofLarger: number;
}

export const MOST_REPEATED = 1_000;

export function seenCharges(): SeenCharges {
  const lineItems = hashTable(false);
  const rows = hashTable(true);
  const repeated: number[] = [];
  const common = new Map<string, { files: [number, number]; count: number }>();
  const rowsOfFile = new Map<number, number>();

  const seeLineItem = (hash: number) => {
    const at = lineItems.find(hash);
    if (lineItems.isNew(at)) lineItems.add(at, hash, 0);
    else if (repeated.length < MOST_REPEATED) repeated.push(hash);
  };

  const seeRow = (hash: number, file: number) => {
    const at = rows.find(hash);
    if (rows.isNew(at)) {
      rows.add(at, hash, file);
      rowsOfFile.set(file, (rowsOfFile.get(file) ?? 0) + 1);
      return;
    }
    const first = rows.fileOf(at);
    if (first === file || rows.lastOf(at) === file) return;
    rows.setLast(at, file);
    rowsOfFile.set(file, (rowsOfFile.get(file) ?? 0) + 1);
    const files: [number, number] = first < file ? [first, file] : [file, first];
    const pair = common.get(files.join(" ")) ?? { files, count: 0 };
    pair.count += 1;
    common.set(files.join(" "), pair);
  };

  return {
    lineItem: marker("seen_line_item", seeLineItem),
    row: marker("seen_row", seeRow),
    repeated,
    commonRows: () =>
      [...common.values()].map(({ files, count }) => {
        const [a, b] = files.map((file) => rowsOfFile.get(file) ?? 0) as [number, number];
        return { files, count, ofSmaller: Math.min(a, b), ofLarger: Math.max(a, b) };
      }),
    clear() {
      lineItems.clear();
      rows.clear();
      repeated.length = 0;
      common.clear();
      rowsOfFile.clear();
    },
  };
}

/**
 * The function reads the file when `see` takes one. Its result is not set: a result that is not set is not NULL, and only
 * its being there is counted.
 */
function marker(name: string, see: (hash: number, file: number) => void): DuckDBScalarFunction {
  const withFile = see.length > 1;
  return DuckDBScalarFunction.create({
    name,
    parameterTypes: withFile ? [DOUBLE, INTEGER] : [DOUBLE],
    returnType: BOOLEAN,
    volatile: true,
    mainFunction(_, input) {
      const hashes = input.getColumnVector(0);
      const files = withFile ? input.getColumnVector(1) : null;
      for (let row = 0; row < input.rowCount; row += 1) {
        const hash = hashes.getItem(row);
        if (typeof hash === "number" && hash !== 0) see(hash, Number(files?.getItem(row) ?? 0));
      }
    },
  });
}

/** SQL for 53 bits of a hash of these VARCHARs and other values: a number that a double contains exactly, and never 0. */
export const hashSql = (values: readonly string[]) =>
  `CAST((hash(${values.join(", ")}) >> 11) | 1 AS DOUBLE)`;

const FIRST_SIZE = 1 << 12;
const NONE = -1;

/** Hashes, and on demand the file that each was first seen in and another one: open addressing, at most half full. */
function hashTable(withFiles: boolean) {
  const emptyFiles = (size: number) => new Int32Array(withFiles ? size : 0);
  let hashes = new Float64Array(FIRST_SIZE);
  let files = emptyFiles(FIRST_SIZE);
  let others = emptyFiles(FIRST_SIZE);
  let count = 0;

  const positionOf = (hash: number, of: Float64Array) => {
    const mask = of.length - 1;
    // The lowest bit is the same in all.
    let at = (hash / 2) & mask;
    while (of[at] !== 0 && of[at] !== hash) at = (at + 1) & mask;
    return at;
  };

  const grow = () => {
    const size = hashes.length * 2;
    const grown = { hashes: new Float64Array(size), files: emptyFiles(size), others: emptyFiles(size) };
    for (let from = 0; from < hashes.length; from += 1) {
      const hash = hashes[from] ?? 0;
      if (hash === 0) continue;
      const to = positionOf(hash, grown.hashes);
      grown.hashes[to] = hash;
      if (!withFiles) continue;
      grown.files[to] = files[from] ?? 0;
      grown.others[to] = others[from] ?? NONE;
    }
    ({ hashes, files, others } = grown);
  };

  return {
    find(hash: number): number {
      if (count * 2 >= hashes.length) grow();
      return positionOf(hash, hashes);
    },
    isNew: (at: number) => hashes[at] === 0,
    add(at: number, hash: number, file: number) {
      count += 1;
      hashes[at] = hash;
      if (!withFiles) return;
      files[at] = file;
      others[at] = NONE;
    },
    fileOf: (at: number) => files[at] ?? NONE,
    lastOf: (at: number) => others[at] ?? NONE,
    setLast(at: number, file: number) {
      others[at] = file;
    },
    clear() {
      hashes = new Float64Array(FIRST_SIZE);
      files = emptyFiles(FIRST_SIZE);
      others = emptyFiles(FIRST_SIZE);
      count = 0;
    },
  };
}
