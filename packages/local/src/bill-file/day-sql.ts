/**
 * SQL that reads the UTC day of an instant. A text without a zone is UTC already, as AWS and FOCUS write it; one with
 * an offset is moved to UTC, which a cast to plain TIMESTAMP would not do: it ignores the offset.
 */
export const dayMacros: readonly string[] = [
  // ...Z needs no calendar: three times as fast, and AWS writes it.
  `CREATE TEMP MACRO utc_day(t) AS CASE
     WHEN t = '' THEN NULL
     WHEN suffix(t, 'Z') THEN CAST(CAST(t AS TIMESTAMP) AS DATE)
     ELSE CAST(timezone('UTC', CAST(t AS TIMESTAMPTZ)) AS DATE) END`,
];

/** SQL that reads the UTC day from a column of a DuckDB type; `null` when that type has no times. */
export function dayOf(sql: string, type: string): string | null {
  if (type === "VARCHAR") return `utc_day(${sql})`;
  if (type === "TIMESTAMP WITH TIME ZONE") return `CAST(timezone('UTC', ${sql}) AS DATE)`;
  if (type === "DATE" || /^TIMESTAMP(_S|_MS|_NS)?$/.test(type)) return `CAST(${sql} AS DATE)`;
  return null;
}

/** SQL that reads an instant as a TIMESTAMP in UTC from a column of a DuckDB type; `null` when that type has no times. */
export function instantOf(sql: string, type: string): string | null {
  if (type === "VARCHAR") return `timezone('UTC', TRY_CAST(${sql} AS TIMESTAMPTZ))`;
  if (type === "TIMESTAMP WITH TIME ZONE") return `timezone('UTC', ${sql})`;
  if (type === "DATE" || /^TIMESTAMP(_S|_MS|_NS)?$/.test(type)) return `CAST(${sql} AS TIMESTAMP)`;
  return null;
}

/** The days that a bill can be of: DuckDB also reads "infinity" and "epoch" as times. */
export const isBillDay = (day: string) => `${day} BETWEEN DATE '2000-01-01' AND DATE '2999-12-31'`;
