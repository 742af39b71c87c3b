import { counted } from "@dapanoskop/core/text";
import {
  type Data,
  DataType,
  Dictionary,
  Field,
  Float64,
  Int32,
  makeData,
  makeVector,
  RecordBatch,
  Schema,
  Struct,
  Table,
  Uint8,
  Uint16,
  Utf8,
} from "apache-arrow";
import { LARGEST_NUMBER } from "../documents/schema-parts.ts";
import type { Codes, ColumnSet, DoubleColumn, ParquetColumn, StringColumn } from "./columns.ts";

/**
 * The columns as an Arrow table of one batch. Codes and numbers are taken as they are, not copied: what is done here
 * depends on the number of distinct texts, not on the number of rows.
 */
export function arrowTable({ columns, rows, data }: ColumnSet): Table {
  const children = columns.map(({ name }, at) => arrowData(columnNamed(name, data), rows, at));
  const fields = columns.map(
    ({ name, nullable }, at) => new Field(name, children[at]?.type ?? new Float64(), nullable),
  );
  const schema = new Schema(fields);
  const struct = makeData({ type: new Struct(fields), length: rows, nullCount: 0, children });
  return new Table(schema, new RecordBatch(schema, struct));
}

/** The columns differ from the contract: one is missing, has another type, or has no value where one is required. */
class ColumnMismatch extends Error {}

/**
 * The columns of an Arrow table, copied out of it.
 * @throws ColumnMismatch when names, order or types differ from `columns`
 */
export function columnsOf<Columns extends readonly ParquetColumn[]>(
  columns: Columns,
  table: Table,
): ColumnSet<Columns> {
  const found = table.schema.fields
    .map(({ name, type }) => `${name.slice(0, 60)} ${typeName(type)}`)
    .join(", ");
  const wanted = columns.map(({ name, type }) => `${name} ${type}`).join(", ");
  if (found !== wanted) throw new ColumnMismatch(`it has the columns ${found}, and not ${wanted}`);
  const data = columns.map((column, at) => {
    const chunks = table.batches.map((batch) => chunkAt(batch, at, column));
    return [column.name, column.type === "string" ? texts(chunks, column) : numbers(chunks, column)];
  });
  // Object.fromEntries cannot say which names it got; they are those of `columns`, from which it was made.
  return { columns, rows: table.numRows, data: Object.fromEntries(data) as ColumnSet<Columns>["data"] };
}

function columnNamed(name: string, data: ColumnSet["data"]): StringColumn | DoubleColumn {
  const column = data[name];
  if (column === undefined) throw new ColumnMismatch(`the column ${name} was not written`);
  return column;
}

function arrowData(column: StringColumn | DoubleColumn, rows: number, id: number): Data {
  if (column.type === "double") {
    const { numbers, validity } = column;
    const nulls = validity === null ? { nullCount: 0 } : { nullBitmap: validity };
    return makeData({ type: new Float64(), length: rows, data: numbers, ...nulls });
  }
  // Arrow counts dictionaries over the life of the process; the column's place keeps the bytes the same every time.
  const type = new Dictionary(new Utf8(), codeType(column.codes), id);
  const dictionary = makeVector(utf8Data(column.values));
  return makeData({ type, length: rows, nullCount: 0, data: column.codes, dictionary });
}

function codeType(codes: Codes): Uint8 | Uint16 | Int32 {
  if (codes instanceof Uint8Array) return new Uint8();
  return codes instanceof Uint16Array ? new Uint16() : new Int32();
}

const encoder = new TextEncoder();

function utf8Data(values: readonly string[]): Data<Utf8> {
  const offsets = new Int32Array(values.length + 1);
  const texts = values.map((value, at) => {
    const text = encoder.encode(value);
    offsets[at + 1] = (offsets[at] ?? 0) + text.length;
    return text;
  });
  const bytes = new Uint8Array(offsets[values.length] ?? 0);
  for (const [at, text] of texts.entries()) bytes.set(text, offsets[at]);
  return makeData({
    type: new Utf8(),
    length: values.length,
    nullCount: 0,
    valueOffsets: offsets,
    data: bytes,
  });
}

function typeName(type: DataType): string {
  if (DataType.isUtf8(type)) return "string";
  if (DataType.isDictionary(type) && DataType.isUtf8(type.dictionary)) return "string";
  return DataType.isFloat(type) && type.precision === new Float64().precision ? "double" : String(type);
}

function chunkAt(batch: RecordBatch, at: number, { name, nullable }: ParquetColumn): Data {
  const chunk = batch.data.children[at];
  if (chunk === undefined) throw new ColumnMismatch(`the column ${name} is missing in a row group`);
  if (!nullable && chunk.nullCount > 0) {
    throw new ColumnMismatch(
      `${counted(chunk.nullCount, "row")} ${chunk.nullCount === 1 ? "has" : "have"} no ${name}, and every row must have one`,
    );
  }
  return chunk;
}

/** Row groups carry a dictionary each; their codes are translated to one dictionary for the whole column. */
function texts(chunks: readonly Data[], { name }: ParquetColumn): StringColumn {
  const values: string[] = [];
  const codeOf = new Map<string, number>();
  const codes = new Int32Array(chunks.reduce((rows, { length }) => rows + length, 0));
  const intern = (text: string) => {
    const known = codeOf.get(text);
    if (known !== undefined) return known;
    const code = values.push(text) - 1;
    codeOf.set(text, code);
    return code;
  };
  let row = 0;
  for (const chunk of chunks) {
    const isCoded = DataType.isDictionary(chunk.type);
    const translated = (isCoded ? (chunk.dictionary?.data ?? []) : [chunk]).flatMap(utf8Texts).map(intern);
    if (isCoded) {
      const own = codesIn(chunk);
      // Methods of arrays are fast from the first file on: a loop is slow until a browser has compiled it.
      const isKnown = (code: number) => code >= 0 && code < translated.length;
      if (!own.every(isKnown)) {
        const at = row + own.findIndex((code) => !isKnown(code));
        throw new ColumnMismatch(`row ${at} has a ${name} that is not in its dictionary`);
      }
      const isSame = translated.every((code, at) => code === at);
      codes.set(isSame ? own : Int32Array.from(own, (code) => translated[code] ?? 0), row);
    } else codes.set(translated, row);
    row += chunk.length;
  }
  return { type: "string", codes, values };
}

/** Arrow may use 64 bits for codes; there are never so many texts. */
function codesIn({ values, length }: Data): Int32Array | Uint8Array | Uint16Array {
  const codes: Int32Array | Uint8Array | Uint16Array | BigInt64Array | BigUint64Array = values;
  return codes instanceof BigInt64Array || codes instanceof BigUint64Array
    ? Int32Array.from(codes.subarray(0, length), Number)
    : codes.subarray(0, length);
}

// Arrow's own decoder drops a leading U+FEFF, and a name may begin with one.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function utf8Texts({ length, valueOffsets, values }: Data): readonly string[] {
  const [start = 0, end = 0] = [valueOffsets[0], valueOffsets[length]];
  const together = decoder.decode(values.subarray(start, end));
  // A character for each byte: all is ASCII, and to cut one text costs far less than to decode thousands.
  const isAscii = together.length === end - start;
  const texts: string[] = [];
  let from = start;
  for (let at = 1; at <= length; at += 1) {
    const to = valueOffsets[at] ?? from;
    texts.push(
      isAscii ? together.slice(from - start, to - start) : decoder.decode(values.subarray(from, to)),
    );
    from = to;
  }
  return texts;
}

function numbers(chunks: readonly Data[], { name }: ParquetColumn): DoubleColumn {
  const rows = chunks.reduce((total, { length }) => total + length, 0);
  const all = new Float64Array(rows);
  const validity = chunks.some(({ nullCount }) => nullCount > 0) ? new Uint8Array(Math.ceil(rows / 8)) : null;
  let row = 0;
  for (const chunk of chunks) {
    const values: Float64Array = chunk.values;
    if (values.length < chunk.length) throw new ColumnMismatch(`${name} ends before its rows do`);
    all.set(values.subarray(0, chunk.length), row);
    for (let at = 0; validity !== null && at < chunk.length; at += 1) {
      if (!chunk.getValid(at)) all[row + at] = 0;
      else validity[(row + at) >> 3] = (validity[(row + at) >> 3] ?? 0) | (1 << ((row + at) & 7));
    }
    row += chunk.length;
  }
  // Not true of NaN.
  const isAmount = (value: number) => Math.abs(value) <= LARGEST_NUMBER;
  if (!all.every(isAmount)) {
    const at = all.findIndex((value) => !isAmount(value));
    throw new ColumnMismatch(`row ${at} carries ${all[at]} as ${name}`);
  }
  return { type: "double", numbers: all, validity };
}
