import { MONEY_DECIMALS } from "@dapanoskop/core/money";

/** What amounts and quantities are read as: 10^-12 is core's money unit. */
export const AMOUNT = `DECIMAL(38, ${MONEY_DECIMALS})`;

/**
 * SQL that reads an amount exactly, rounding half to even, once, where a bill writes more than 12 decimals.
 *
 * Three habits of DuckDB's own cast stand behind it: it rounds halves away from zero; it takes `1_000` for a number;
 * and to 38 digits it is some hundred times slower than to 18, so amounts below a million take the short road.
 *
 * `exact_amount(text)` is NULL for an empty text and fails, as the cast does, on what is no decimal number.
 */
export const amountMacros: readonly string[] = [
  // At most 12 decimals, too long for DECIMAL(18, 12): before and after the point, each by the short road.
  `CREATE TEMP MACRO amount_wide(t, dot) AS coalesce(
     CAST(TRY_CAST(left(t, dot - 1) AS BIGINT) AS ${AMOUNT})
       + CAST(TRY_CAST(CASE WHEN starts_with(t, '-') THEN '-0' ELSE '0' END || substr(t, dot) AS DECIMAL(18, 12)) AS ${AMOUNT}),
     CAST(t AS ${AMOUNT}))`,

  `CREATE TEMP MACRO amount_fixed(t) AS
     coalesce(CAST(TRY_CAST(t AS DECIMAL(18, 12)) AS ${AMOUNT}), amount_wide(t, strpos(t, '.')))`,

  `CREATE TEMP MACRO amount_rounds_up(kept, rest) AS
     rest >= '5' AND (rest >= '6' OR ltrim(substr(rest, 2), '0') <> '' OR right(kept, 1) IN ('1', '3', '5', '7', '9'))`,

  // More than 12 decimals: what is kept, and a unit more where the rest says so.
  `CREATE TEMP MACRO amount_long(t, dot) AS
     CASE WHEN dot > 0 AND regexp_full_match(substr(t, dot + 13), '[0-9]+') THEN
       amount_fixed(left(t, dot + 12)) + CAST(CASE
         WHEN NOT amount_rounds_up(left(t, dot + 12), substr(t, dot + 13)) THEN 0
         WHEN starts_with(t, '-') THEN -0.000000000001
         ELSE 0.000000000001 END AS ${AMOUNT})
     ELSE CAST('no amount: ' || t AS ${AMOUNT}) END`,

  // 1.5E-7 written out, with zeros to spare: the point moved among the digits.
  `CREATE TEMP MACRO amount_written_out(sign, digits, point) AS
     sign || repeat('0', greatest(0, 1 - point)) || left(digits, greatest(0, point))
       || repeat('0', greatest(0, point - length(digits))) || '.'
       || repeat('0', greatest(0, -point)) || substr(digits, greatest(1, point + 1)) || repeat('0', 13)`,

  `CREATE TEMP MACRO amount_of_parts(p) AS amount_written_out(
     CASE p.sign WHEN '-' THEN '-' ELSE '' END, p.whole || p.fraction, length(p.whole) + CAST(p.exponent AS INTEGER))`,

  `CREATE TEMP MACRO amount_scientific(t) AS
     CASE WHEN regexp_full_match(t, '[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)[eE][+-]?[0-9]{1,2}') THEN
       list_transform(
         [amount_of_parts(regexp_extract(t, '([+-]?)([0-9]*)\\.?([0-9]*)[eE]([+-]?[0-9]+)', ['sign', 'whole', 'fraction', 'exponent']))],
         lambda plain: amount_long(plain, strpos(plain, '.')))[1]
     ELSE CAST('no amount: ' || t AS ${AMOUNT}) END`,

  `CREATE TEMP MACRO exact_amount(t) AS CASE
     WHEN t IS NULL OR t = '' THEN NULL
     WHEN contains(t, 'e') OR contains(t, 'E') OR contains(t, '_') THEN amount_scientific(t)
     WHEN strpos(t, '.') = 0 OR length(t) - strpos(t, '.') <= 12 THEN amount_fixed(t)
     ELSE amount_long(t, strpos(t, '.')) END`,

  // A double stands for the shortest decimal that names it, as everywhere in this house. Below 1,000 a double that
  // comes back from its 12 decimals is named by them; every other goes through its text.
  `CREATE TEMP MACRO exact_double(d) AS CASE
     WHEN abs(d) < 1000 AND CAST(CAST(d AS DECIMAL(18, 12)) AS DOUBLE) = d
       THEN CAST(CAST(d AS DECIMAL(18, 12)) AS ${AMOUNT})
     ELSE exact_amount(CAST(d AS VARCHAR)) END`,
];

/** SQL that reads an amount from a column of a DuckDB type; `null` when that type holds no number. */
export function amountOf(sql: string, type: string): string | null {
  if (type === "VARCHAR") return `exact_amount(${sql})`;
  if (type === "DOUBLE") return `exact_double(${sql})`;
  if (type === "FLOAT") return `exact_amount(CAST(${sql} AS VARCHAR))`;
  if (/^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/.test(type)) return `CAST(${sql} AS ${AMOUNT})`;
  const [, scale] = /^DECIMAL\(\d+,\s*(\d+)\)$/.exec(type) ?? [];
  if (scale === undefined) return null;
  return Number(scale) <= MONEY_DECIMALS
    ? `CAST(${sql} AS ${AMOUNT})`
    : `exact_amount(CAST(${sql} AS VARCHAR))`;
}
