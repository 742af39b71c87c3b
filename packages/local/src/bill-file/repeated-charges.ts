import { dirname } from "node:path";
import type { CostSourceError } from "@dapanoskop/core/source";
import { quoted } from "@dapanoskop/core/text";
import type { DuckDBConnection } from "@duckdb/node-api";
import { billFileError } from "./bill-file-error.ts";
import type { FileGroup } from "./file-group.ts";
import { FILE_NUMBER, scanOf } from "./scan.ts";
import { type CommonRows, hashSql, MOST_REPEATED, type SeenCharges } from "./seen-charges.ts";

/**
 * Finds charges that stand in a bill twice. A line item is identified by its id and interval, within one payer and
 * billing period; in one file, where AWS does not repeat an id, by its usage and cost as well. Charges without an id (FOCUS)
 * may be equal within one file; in two files they are the same charges when the files have a part of them in common.
 */
export interface RepeatedCharges {
  /** SQL that marks each charge of a group while it is loaded; `null`: it is not marked. */
  mark(group: FileGroup): string | null;
  /**
   * Call it when all are loaded.
   * @returns a sentence for files that have charges in common which are counted in both
   * @throws CostSourceError that names both files
   */
  check(): Promise<readonly string[]>;
}

/** Bytes of files up to which charges are marked while they are loaded: some four million of them. Above, a second scan reads the ids. */
const MARKED_PARQUET_BYTES = 300e6;
const MARKED_CSV_BYTES = 4e9;

export function repeatedCharges(
  connection: DuckDBConnection,
  groups: readonly FileGroup[],
  seen: SeenCharges,
): RepeatedCharges {
  const fileCount = groups.reduce((total, { files }) => total + files.length, 0);
  const isMarked = isSmall(groups);
  const haveIds = groups.every(({ columns }) => columns.lineItem !== null);
  // Two reports of one bill, each in a folder of its own, have ids of their own.
  const needsRows = fileCount > 1 && (!haveIds || folders(groups) > 1);
  const details = commonDetails(groups);

  const suspects = async (): Promise<readonly number[]> => {
    if (isMarked) return seen.repeated;
    const hashes = groups.flatMap((group) =>
      group.columns.lineItem === null ? [] : [`SELECT ${lineItemHash(group)} AS hash FROM ${scanned(group)}`],
    );
    if (hashes.length === 0) return [];
    const read = await connection.runAndReadAll(
      `SELECT hash FROM (${hashes.join(" UNION ALL ")}) WHERE hash <> 0 GROUP BY hash HAVING count(*) > 1 LIMIT ${MOST_REPEATED}`,
    );
    return read.getRowsJson().map(([hash]) => Number(hash));
  };

  const commonRows = async (): Promise<readonly CommonRows[]> => {
    if (isMarked) return seen.commonRows();
    if (!needsRows || (haveIds && !(await isMonthInTwoFolders(connection, groups)))) return [];
    return commonRowsOf(connection, groups, details);
  };

  return {
    mark(group) {
      if (!isMarked) return null;
      const marks = [
        ...(group.columns.lineItem === null ? [] : [`seen_line_item(${lineItemHash(group)})`]),
        ...(needsRows ? [`seen_row(${rowHash(groups, group, details)}, ${fileNumber(groups, group)})`] : []),
      ];
      return marks.length === 0 ? null : marks.map((mark) => `${mark} IS NOT NULL`).join(" AND ");
    },
    async check() {
      const hashes = await suspects();
      if (hashes.length > 0) {
        const repeated = await repeatedLineItem(connection, groups, hashes);
        if (repeated !== null) throw repeated;
      }
      const common = await commonRows();
      const repeated = common.find(isRepeated);
      if (repeated !== undefined) throw repeatedRows(groups, repeated);
      return common.length === 0 ? [] : [equalRows(groups, common)];
    },
  };
}

function isSmall(groups: readonly FileGroup[]): boolean {
  let parquet = 0;
  let csv = 0;
  for (const { bytes, encoding } of groups.flatMap(({ files }) => files)) {
    if (encoding === "parquet") parquet += bytes;
    else csv += bytes * (encoding === "csv" ? 1 : 12);
  }
  return parquet / MARKED_PARQUET_BYTES + csv / MARKED_CSV_BYTES <= 1;
}

/** Whether two folders have charges of one month. The folders of most reports have a month each, and need no comparison. */
async function isMonthInTwoFolders(
  connection: DuckDBConnection,
  groups: readonly FileGroup[],
): Promise<boolean> {
  const months = groups.map(
    (group) =>
      `SELECT DISTINCT ${fileNumber(groups, group)} AS file, CAST(${periodOf(group)} AS VARCHAR) AS month FROM ${scanned(group)}`,
  );
  const read = await connection.runAndReadAll(months.join(" UNION ALL "));
  const folderOfMonth = new Map<unknown, string>();
  return read.getRowsJson().some(([file, month]) => {
    const folder = dirname(fileAt(groups, Number(file)));
    const known = folderOfMonth.get(month) ?? folder;
    folderOfMonth.set(month, known);
    return folder !== known;
  });
}

const folders = (groups: readonly FileGroup[]) =>
  new Set(groups.flatMap(({ files }) => files.map(({ path }) => dirname(path)))).size;

/** SQL for the position of a charge's file among those of all groups. */
function fileNumber(groups: readonly FileGroup[], group: FileGroup): string {
  const before = groups.slice(0, groups.indexOf(group)).reduce((total, { files }) => total + files.length, 0);
  return `CAST(${FILE_NUMBER} + ${before} AS INTEGER)`;
}

const fileAt = (groups: readonly FileGroup[], number: number) =>
  groups.flatMap(({ files }) => files)[number]?.path ?? "";

function lineItemHash({ columns }: FileGroup): string {
  const values = columns.lineItem ?? [];
  return `CASE WHEN ${values[0]} IS NULL THEN 0 ELSE ${hashSql(values)} END`;
}

const periodOf = ({ columns: { billingPeriod, day } }: FileGroup) =>
  `CAST(date_trunc('month', ${billingPeriod === null ? day : `coalesce(${billingPeriod}, ${day})`}) AS DATE)`;

/** The names of the details that all files have. */
function commonDetails(groups: readonly FileGroup[]): readonly string[] {
  const [first, ...others] = groups.map(({ columns }) => columns.details);
  return [...(first?.keys() ?? [])].filter((name) => others.every((details) => details.has(name)));
}

/** A charge as the sum of what tells it apart, in any spelling; 0 for a charge without cost. */
function rowHash(groups: readonly FileGroup[], group: FileGroup, details: readonly string[]): string {
  const { columns } = group;
  const values = [
    `'row'`,
    columns.payer ?? "NULL",
    periodOf(group),
    columns.start,
    ...(["usageType", "chargeType", "linkedAccount", "region"] as const).map(
      (dimension) => columns.dimensions.get(dimension) ?? "NULL",
    ),
    ...details.map((name) => columns.details.get(name) ?? "NULL"),
    ...(groups.length === 1 ? labelCells(group) : []),
    "billed",
    columns.quantity,
  ];
  return `CASE WHEN billed = 0 THEN 0 ELSE ${hashSql(values)} END`;
}

/** The cells of tags and cost categories as the file spells them: files of one shape spell them alike. */
function labelCells({ columns: { tags, costCategories } }: FileGroup): readonly string[] {
  const cells = [tags, costCategories].flatMap(({ columns, pairs }) => [
    ...columns.map(({ sql }) => sql),
    ...(pairs?.match(/\bc\d+\b/g) ?? []),
  ]);
  return [...new Set(cells)];
}

function scanned({ files, columns }: FileGroup): string {
  const amounts = [...columns.amounts, ...columns.lookups].map(([name, sql]) => `${sql} AS ${name}`);
  const scan = scanOf(files, columns.format);
  return `(SELECT *, ${FILE_NUMBER}, ${amounts.join(", ")} FROM ${scan})`;
}

async function commonRowsOf(
  connection: DuckDBConnection,
  groups: readonly FileGroup[],
  details: readonly string[],
): Promise<readonly CommonRows[]> {
  const rows = groups
    .map(
      (group) =>
        `SELECT ${rowHash(groups, group, details)} AS hash, ${fileNumber(groups, group)} AS file FROM ${scanned(group)}`,
    )
    .join(" UNION ALL ");
  const read = await connection.runAndReadAll(
    `WITH charges AS MATERIALIZED (SELECT DISTINCT hash, file FROM (${rows}) WHERE hash <> 0),
     pairs AS (SELECT one, other, count(*) AS common
       FROM (SELECT min(file) AS one, max(file) AS other FROM charges GROUP BY hash) WHERE one <> other GROUP BY ALL),
     sizes AS (SELECT file, count(*) AS size FROM charges GROUP BY file)
     SELECT one, other, common, least(a.size, b.size), greatest(a.size, b.size)
     FROM pairs JOIN sizes a ON a.file = one JOIN sizes b ON b.file = other ORDER BY 1, 2`,
  );
  return read.getRowsJson().map((row) => {
    const [one = 0, other = 0, count = 0, ofSmaller = 0, ofLarger = 0] = row.map(Number);
    return { files: [one, other], count, ofSmaller, ofLarger };
  });
}

/**
 * Whether so many equal charges of two files mean that one repeats the other. Files of millions of charges may have a few
 * in common, and a delivery may be cut between charges that are all equal.
 */
function isRepeated({ count, ofSmaller, ofLarger }: CommonRows): boolean {
  if (ofLarger === 1) return false;
  return count * 100 >= ofSmaller;
}

/** Money is neither counted twice nor left out without a word. */
function equalRows(groups: readonly FileGroup[], common: readonly CommonRows[]): string {
  const [{ files, count, ofSmaller }] = common as readonly [CommonRows];
  const [one, other] = files.map((file) => fileAt(groups, file));
  const charges = count === 1 ? "1 charge is" : `${count} charges are`;
  const more = common.length === 1 ? "" : ` So are charges of ${common.length - 1} more pairs of files.`;
  return `${charges} in ${one} and in ${other}, of ${ofSmaller} in the smaller one, and ${count === 1 ? "counts" : "count"} in both: equal charges are charges of their own.${more}`;
}

function repeatedRows(
  groups: readonly FileGroup[],
  { files, count, ofSmaller }: CommonRows,
): CostSourceError {
  const [one, other] = files.map((file) => fileAt(groups, file));
  return billFileError(
    `${one} and ${other} have ${count} of ${ofSmaller} charges in common: same payer, billing period, start, usage type and cost. They would be counted twice. Keep one of the files; where both are right, put their charges into one file.`,
  );
}

/** A line item that stands in the bill twice, among those of these hashes; `null`: the hashes collide, or are of several payers or bills. */
async function repeatedLineItem(
  connection: DuckDBConnection,
  groups: readonly FileGroup[],
  hashes: readonly number[],
): Promise<CostSourceError | null> {
  const isAll = hashes.length >= MOST_REPEATED;
  const items = groups.flatMap((group) => {
    const { columns } = group;
    const { lineItem, payer } = columns;
    if (lineItem === null) return [];
    const hash = lineItemHash(group);
    return [
      `SELECT ${lineItem[0]} AS id, ${lineItem[1] ?? "NULL"} AS interval, ${payer ?? "NULL"} AS payer, ${periodOf(group)} AS period, ${fileNumber(groups, group)} AS file,
         hash(${columns.start}, ${columns.dimensions.get("usageType") ?? "NULL"}, billed, ${columns.quantity}) AS charge
       FROM ${scanned(group)} WHERE ${hash} ${isAll ? "<> 0" : `IN (${hashes.join(", ")})`}`,
    ];
  });
  const read = await connection.runAndReadAll(
    `SELECT id, interval, payer, strftime(period, '%Y-%m'), min(file), max(file), count(*) OVER ()
     FROM (${items.join(" UNION ALL ")}) GROUP BY id, interval, payer, period
     HAVING min(file) <> max(file) OR count(DISTINCT charge) < count(*) ORDER BY 5, 6, 1 LIMIT 1`,
  );
  const [found] = read.getRowsJson();
  if (found === undefined) return null;
  const [id, interval, payer, period, first, last, count] = found;
  const [one, other] = [fileAt(groups, Number(first)), fileAt(groups, Number(last))];
  const where = one === other ? `${one} contains` : `${one} and ${other} both contain`;
  const more = Number(count) - 1;
  const others = more > 0 ? `, and ${isAll ? "" : `${more} `}more line item${more > 1 ? "s" : ""}` : "";
  const twice = one === other ? " twice" : "";
  const of = payer === null ? "" : ` of payer ${payer}`;
  return billFileError(
    `${where} line item ${quoted(String(id))} of ${String(interval)}${twice}${others} (bill of ${period}${of}). They would be counted twice. ${one === other ? "Download the file again." : "Keep one of the files."}`,
  );
}
