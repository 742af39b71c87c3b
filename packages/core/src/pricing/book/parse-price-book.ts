import { isDay } from "../../calendar/index.ts";
import { parseDecimal } from "../../money/index.ts";
import { quoted } from "../../text/index.ts";
import { type BookEntry, type BookTier, PRICE_BOOK_SCHEMA, type PriceBook } from "./price-book.ts";

/** A file is no price book: what is wrong with it, and what to do. */
export class PriceBookError extends Error {
  override readonly name = "PriceBookError";
}

/** In characters: more than AWS has usage types for. */
const LONGEST_BOOK = 20_000_000;
const MOST_TIERS = 50;
const DECIMALS = 24;

/**
 * Reads a book that `priceBookText` wrote.
 * @throws PriceBookError
 */
export function parsePriceBook(text: string): PriceBook {
  if (text.length > LONGEST_BOOK) throw wrong("it is longer than 20 million characters");
  const book = fields(jsonOf(text), "the file");
  if (book.schema !== PRICE_BOOK_SCHEMA) {
    throw wrong(
      `its schema is ${quoted(String(book.schema), 20)}, and this version reads ${PRICE_BOOK_SCHEMA}`,
    );
  }
  const { entries } = book;
  if (!Array.isArray(entries)) throw wrong("it has no list of entries");
  return {
    schema: PRICE_BOOK_SCHEMA,
    date: dayOf(book, "the file"),
    entries: entries.map((entry: unknown, index) => entryOf(entry, `entry ${index + 1}`)),
  };
}

/** One entry on each line, in the order of their keys, so that two versions of a book compare line by line. */
export function priceBookText({ schema, date, entries }: PriceBook): string {
  const lines = entries.map((entry) => JSON.stringify(entry)).sort();
  return `{"schema":${schema},"date":${JSON.stringify(date)},"entries":[\n${lines.join(",\n")}\n]}\n`;
}

const wrong = (why: string) =>
  new PriceBookError(`The price book is not read: ${why}. Write it again with dapanoskop prices update.`);

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PriceBookError(wrong("it is no JSON").message, { cause });
  }
}

function entryOf(value: unknown, where: string): BookEntry {
  const entry = fields(value, where);
  const { operation, tiers } = entry;
  const [first, ...others] = Array.isArray(tiers) ? tiers.map((tier: unknown) => tierOf(tier, where)) : [];
  if (first === undefined || others.length >= MOST_TIERS)
    throw wrong(`${where} has no tiers, or more than ${MOST_TIERS}`);
  const starts = [first, ...others].map(({ from }) => parseDecimal(from, DECIMALS));
  if (starts[0] !== 0n || starts.some((start, at) => at > 0 && start <= (starts[at - 1] ?? 0n))) {
    throw wrong(`the tiers of ${where} do not begin at 0 and ascend`);
  }
  return {
    service: textOf(entry, "service", where),
    usageFamily: textOf(entry, "usageFamily", where),
    region: textOf(entry, "region", where),
    operation: operation === null ? null : textOf(entry, "operation", where),
    currency: textOf(entry, "currency", where),
    unit: textOf(entry, "unit", where),
    tiers: [first, ...others],
    source: textOf(entry, "source", where),
    date: dayOf(entry, where),
  };
}

function tierOf(value: unknown, where: string): BookTier {
  const tier = fields(value, where);
  return { from: decimalOf(tier, "from", where), price: decimalOf(tier, "price", where) };
}

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown, where: string): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw wrong(`${where} is no JSON object`);
}

function textOf(values: Fields, name: string, where: string): string {
  const value = values[name];
  if (typeof value === "string" && value !== "" && value.length <= 500) return value;
  throw wrong(`${name} of ${where} is no text of 1 to 500 characters`);
}

/** Plain digits, because a price is exact: no exponent, and no sign. */
function decimalOf(values: Fields, name: string, where: string): string {
  const value = values[name];
  if (typeof value === "string" && /^\d{1,20}(\.\d{1,24})?$/.test(value)) return value;
  throw wrong(`${name} of ${where} is no decimal number such as "0.045"`);
}

function dayOf(values: Fields, where: string): string {
  const value = textOf(values, "date", where);
  if (isDay(value)) return value;
  throw wrong(`date of ${where} is no day like 2026-03-08`);
}
