import { MONEY_DECIMALS } from "@dapanoskop/core/money";
import type { CostMetric, Dimension } from "@dapanoskop/core/source";
import { listed, quoted } from "@dapanoskop/core/text";
import { amountOf, costOf, decimalsOf } from "./amount-sql.ts";
import { billFileError } from "./bill-file-error.ts";
import { dayOf, instantOf, isBillDay } from "./day-sql.ts";
import type { FileColumn } from "./file-column.ts";
import type { ScannableFile } from "./file-columns.ts";
import { pairsOf } from "./map-sql.ts";

export type BillFormat = "FOCUS" | "CUR" | "CUR 2.0";

/** The fields of a charge, as SQL over the columns of a file. */
export interface ChargeColumns {
  readonly format: BillFormat;
  /** FOCUS: "1.0", "1.2", …; CUR: "legacy" or "2.0". */
  readonly version: string;
  /** Amounts that several of the other expressions use, by name. Each is read once. Columns of a scan have other names. */
  readonly amounts: ReadonlyMap<string, string>;
  /** VARCHARs that other expressions use by name, each read once a charge: values in a map of the file. */
  readonly lookups: ReadonlyMap<string, string>;
  /** DATE, UTC. */
  readonly day: string;
  /** DATE: the first day of the billing period that a charge is billed in; `null` where the file has no such column. */
  readonly billingPeriod: string | null;
  /** VARCHAR: the account that pays the bill; `null` where the file does not name it. */
  readonly payer: string | null;
  /**
   * VARCHARs that together identify a line item and its interval, within a payer and a billing period; the first is NULL
   * for a charge without an id. `null` where the format has none: equal rows of FOCUS are charges of their own.
   */
  readonly lineItem: readonly string[] | null;
  /** TIMESTAMP, UTC: when a charge period starts. */
  readonly start: string;
  /** VARCHARs by name that tell apart the charges of one hour and usage type: resource, price, description. */
  readonly details: ReadonlyMap<string, string>;
  /** VARCHAR, with Cost Explorer's values. */
  readonly dimensions: ReadonlyMap<Dimension, string>;
  readonly quantity: string;
  readonly unit: string;
  readonly currency: string;
  /** The provider of a charge where it is another than the one that is collected, else NULL. */
  readonly otherProvider: string | null;
  /** The metrics that the file has for some charges; NULL for a charge without it. */
  readonly costs: ReadonlyMap<CostMetric, string>;
  readonly tags: LabelColumns;
  readonly costCategories: LabelColumns;
  /** Limits of this file, a sentence each. */
  readonly notes: readonly string[];
  /** The tests that find the first charge that cannot be read. */
  readonly checks: readonly ColumnCheck[];
}

/** Tags or cost categories of a file: a column each, or all of them as pairs in one. */
export interface LabelColumns {
  readonly columns: readonly ChargeLabel[];
  /** MAP(VARCHAR, VARCHAR). */
  readonly pairs: string | null;
}

/** A tag key or a cost category's name. */
export interface LabelName {
  readonly name: string;
  /** Whether the file writes small letters and underscores for it, so that `CostCenter` reads `cost_center`. */
  readonly isLowered: boolean;
}

export interface ChargeLabel extends LabelName {
  readonly sql: string;
}

export interface ColumnCheck {
  /** The column, as the file spells it. */
  readonly column: string;
  readonly sql: string;
  /** SQL that is true where the column's value cannot be read. */
  readonly isBad: string;
  /** "no amount": continues a sentence. */
  readonly complaint: string;
  /** The sentence where there is no value. */
  readonly whenEmpty: string;
}

/** How a format spells its columns. */
export interface ColumnSpelling {
  /** Equal for all spellings of one column. */
  normalised(name: string): string;
  /** Whether a column's name is the spelling that the file's other columns have, where several read as `wanted`. */
  isUsual(name: string, wanted: string): boolean;
  /** How the file would spell a column that it lacks. */
  spelled(wanted: string): string;
}

/**
 * Reads columns of one file for a format, and collects what their values must be. A column that the file lacks is read
 * from the names of its folders, if they name it; an amount never is.
 */
export function columnReader(
  { path, columns, partitions }: ScannableFile,
  { normalised, isUsual, spelled }: ColumnSpelling,
) {
  const ofFile = byNormalisedName(columns, normalised);
  const ofFolders = byNormalisedName(
    partitions.filter(({ name }) => !ofFile.has(normalised(name))),
    normalised,
  );
  const checks: ColumnCheck[] = [];
  const notes: string[] = [];

  const find = (wanted: string): FileColumn | null =>
    only(wanted, ofFile.get(normalised(wanted)) ?? ofFolders.get(normalised(wanted)) ?? []);

  /** @throws CostSourceError when there are several and none, or more than one, has the usual spelling */
  const only = (wanted: string, found: readonly FileColumn[]): FileColumn | null => {
    if (found.length < 2) return found[0] ?? null;
    const [usual, ...others] = found.filter(({ name }) => isUsual(name, wanted));
    if (usual !== undefined && others.length === 0) return usual;
    const names = found.map(({ name, folder }) => quoted(folder ?? name));
    throw billFileError(
      `${path} has ${found.length} columns for ${spelled(wanted)} (${listed(names)}), and it is not clear which one counts. Export the bill again with one of them.`,
    );
  };

  /** Of several that are spelled differently the first: names of products and places have had several spellings. */
  const textColumn = (wanted: string): FileColumn | null => {
    const found = ofFile.get(normalised(wanted)) ?? [];
    const areDistinct = new Set(found.map(({ name }) => name)).size === found.length;
    const [usual, other] = found.filter(({ name }) => isUsual(name, wanted));
    return areDistinct && (usual === undefined || other !== undefined)
      ? (found[0] ?? find(wanted))
      : find(wanted);
  };

  /** A column of the file itself: the name of a folder has no amounts and no labels. */
  const ownColumn = (wanted: string): FileColumn | null => {
    const column = find(wanted);
    return column?.folder === undefined ? column : null;
  };

  /** @param required whether a value must be there; SQL: one must be there where this is NULL */
  const checked = (
    column: FileColumn,
    read: string | null,
    what: string,
    required: boolean | string,
    isSane: (read: string) => string = () => "true",
  ): string => {
    if (read === null) {
      throw billFileError(
        `${path}: column ${quoted(column.name)} is of type ${column.type}, and must be ${what}. Export the bill again, or leave the file out.`,
      );
    }
    const isSet = `${column.sql} IS NOT NULL AND CAST(${column.sql} AS VARCHAR) <> ''`;
    const isUnreadable = `(${isSet} AND (TRY(${read}) IS NULL OR NOT (${isSane(`TRY(${read})`)})))`;
    const isMissing =
      typeof required === "string" ? `(NOT (${isSet}) AND TRY(${required}) IS NULL)` : `NOT (${isSet})`;
    checks.push({
      column: column.name,
      sql: column.sql,
      isBad: required === false ? isUnreadable : `(${isMissing} OR ${isUnreadable})`,
      complaint: `not ${what}`,
      whenEmpty: `the value is missing, it must be ${what}`,
    });
    return read;
  };

  const missing = (names: readonly string[]) => {
    const [noun, pronoun] = names.length > 1 ? ["columns", "them"] : ["column", "it"];
    return billFileError(
      `${path} lacks the ${noun} ${listed(names.map(spelled))}. Export the bill with ${pronoun}.`,
    );
  };

  return {
    checks,
    /** What is said of the columns that were read, a sentence each. */
    notes,
    /** The file's own column of exactly this name, for names that are the beginning of others. */
    exact: (name: string) =>
      only(
        name,
        columns.filter((column) => column.name === name),
      ),
    has: (name: string) => ofFile.has(normalised(name)),
    /** The columns that only the folders name. */
    partitions: [...ofFolders.values()].flat(),

    /**
     * The columns that a bill of this format must have, by name.
     * @throws CostSourceError naming every column that is missing
     */
    required<Name extends string>(...names: readonly Name[]): (name: Name) => FileColumn {
      const found = new Map(names.map((name) => [name, find(name)]));
      const absent = names.filter((name) => found.get(name) === null);
      if (absent.length > 0) throw missing(absent);
      return (name) => {
        const column = found.get(name) ?? null;
        if (column === null) throw new TypeError(`${name} is none of the columns that were required.`);
        return column;
      };
    },

    /** Those of these columns that the file has, as VARCHAR by name. */
    details(...names: readonly string[]): ReadonlyMap<string, string> {
      return new Map(
        names.flatMap((name) => {
          const sql = this.text(name);
          return sql === null ? [] : [[name, sql] as const];
        }),
      );
    },

    /** VARCHAR, NULL where empty, from the first of these columns that has a value. */
    text(...names: readonly string[]): string | null {
      const found = names.map(textColumn).filter((column) => column !== null);
      const own = found.filter(({ folder }) => folder === undefined);
      const texts = (own.length > 0 ? own : found).map(textOf);
      return texts.length > 1 ? `coalesce(${texts.join(", ")})` : (texts[0] ?? null);
    },

    /** An account's number has twelve digits; some catalogs store it as a number and lose its leading zeros. */
    account(name: string): string | null {
      const column = find(name);
      if (column === null) return null;
      if (column.folder !== undefined) {
        return `CASE WHEN length(${column.sql}) < 12 THEN lpad(${column.sql}, 12, '0') ELSE ${column.sql} END`;
      }
      return column.type === "BIGINT" ? `lpad(${textOf(column)}, 12, '0')` : textOf(column);
    },

    /** DATE. It is required where the file has no billing period that decides instead. */
    day: (column: FileColumn, billingPeriod: string | null) =>
      checked(column, dayOf(column.sql, column.type), "a time", billingPeriod ?? true, isBillDay),

    /** TIMESTAMP, UTC, of a column that `day` has checked. */
    start: ({ sql, type }: FileColumn) => instantOf(sql, type) ?? "CAST(NULL AS TIMESTAMP)",

    /** DATE, NULL where empty; `null` where the file has no such column. */
    billingPeriod(name: string): string | null {
      const column = find(name);
      return column && checked(column, dayOf(column.sql, column.type), "a time", false, isBillDay);
    },

    cost: (wanted: string) => {
      const column = ownColumn(wanted);
      if (column === null) throw missing([wanted]);
      const decimals = decimalsOf(column.type) ?? 0;
      if (decimals > MONEY_DECIMALS) {
        notes.push(
          `${quoted(column.name)} has ${decimals} decimals: each amount is rounded to ${MONEY_DECIMALS}, halves to even.`,
        );
      }
      const read = decimals > MONEY_DECIMALS ? amountOf : costOf;
      return checked(column, read(column.sql, column.type), "an amount", true);
    },

    /** `null` where the file has no such column; NULL where it is empty: such a cost is unknown, and not 0. */
    extraCost(name: string): string | null {
      const column = ownColumn(name);
      return column === null ? null : checked(column, costOf(column.sql, column.type), "an amount", false);
    },

    quantity(name: string): string | null {
      const column = ownColumn(name);
      return column === null ? null : checked(column, amountOf(column.sql, column.type), "a quantity", false);
    },

    /** All labels of a charge in one column of the file; NULL where it has no such column. */
    labels(name: string): string | null {
      const column = ownColumn(name);
      return column === null ? null : this.pairs(column);
    },

    pairs(column: FileColumn): string {
      return checked(column, pairsOf(column.sql, column.type), PAIRS_AS, false);
    },
  };
}

const PAIRS_AS = 'a map of names to values, like {"App": "web"}';

function byNormalisedName(columns: readonly FileColumn[], normalised: (name: string) => string) {
  const byName = new Map<string, FileColumn[]>();
  for (const column of columns) {
    const name = normalised(column.name);
    byName.set(name, [...(byName.get(name) ?? []), column]);
  }
  return byName;
}

export type ColumnReader = ReturnType<typeof columnReader>;

/** VARCHAR, NULL where empty. */
export function textOf({ sql, type, canBeEmpty }: FileColumn): string {
  if (type !== "VARCHAR") return `CAST(${sql} AS VARCHAR)`;
  return canBeEmpty ? `nullif(${sql}, '')` : sql;
}
