import { MONEY_DECIMALS, parseDecimal } from "@dapanoskop/core/money";
import { DECIMAL, DuckDBDecimalValue, DuckDBScalarFunction, VARCHAR } from "@duckdb/node-api";

const DIGITS = 38;

/** The type of amounts and quantities: 10^-12 is core's money unit. */
export const AMOUNT = `DECIMAL(${DIGITS}, ${MONEY_DECIMALS})`;

function macrosOf(exact: string, double: string, spelled: string): readonly string[] {
  return [
    `CREATE TEMP MACRO ${exact}(t) AS CASE WHEN t IS NULL OR t = '' THEN NULL ELSE coalesce(
     CASE WHEN spelled_decimals(t) <= ${MONEY_DECIMALS}
       THEN CAST(TRY_CAST(t AS DECIMAL(18, ${MONEY_DECIMALS})) AS ${AMOUNT}) END,
     ${spelled}(t),
     CAST('no amount: ' || t AS ${AMOUNT})) END`,

    // A double means the shortest decimal that reads as it, as everywhere in this system. Below 1,000 these are its 12
    // decimals where they read as the same double; every other is read from its text.
    `CREATE TEMP MACRO ${double}(d) AS CASE
     WHEN abs(d) < 1000 AND CAST(CAST(d AS DECIMAL(18, ${MONEY_DECIMALS})) AS DOUBLE) = d
       THEN CAST(CAST(d AS DECIMAL(18, ${MONEY_DECIMALS})) AS ${AMOUNT})
     ELSE ${exact}(CAST(d AS VARCHAR)) END`,
  ];
}

/**
 * SQL that reads an amount exactly, rounding half to even, once, where a bill writes more than 12 decimals. NULL for an
 * empty text; fails, as a cast does, on a text that is no decimal number.
 *
 * DuckDB's own cast differs in three ways: it rounds halves away from zero; it accepts `1_000` as a number; and to 38
 * digits it is a hundred times slower than to 18. So DuckDB reads amounts below a million with at most 12 decimals, which
 * are nearly all of a bill. Core reads the others (a double's 17 digits).
 */
export const amountMacros: readonly string[] = [
  // `1.8E-9`, as Java spells it, has 1 decimal and 9 more. NULL where the number of decimals is unknown.
  `CREATE TEMP MACRO spelled_decimals(t) AS CASE
     WHEN contains(t, '_') THEN NULL
     WHEN contains(t, 'E-') THEN strpos(t, 'E') - 1 - strpos(t, '.') - TRY_CAST(substr(t, strpos(t, 'E') + 1) AS TINYINT)
     WHEN contains(t, 'E') OR contains(t, 'e') THEN NULL
     ELSE length(t) - strpos(t, '.') END`,

  ...macrosOf("exact_amount", "exact_double", "spelled_amount"),
  ...macrosOf("exact_cost", "exact_double_cost", "spelled_cost"),
];

/** The costs that were rounded while they were read, because they have more than 12 decimals. */
export interface RoundedCosts {
  count: number;
}

/**
 * `spelled_amount(text)`, and `spelled_cost(text)`, which counts what it rounds: core's own parser; NULL for a text that is no
 * amount, or too large a one.
 */
export function spelledAmounts(rounded: RoundedCosts): readonly DuckDBScalarFunction[] {
  const see = (text: string, units: bigint) => {
    if (isRounded(text, units)) rounded.count += 1;
  };
  return [spelledAmount("spelled_amount", () => {}), spelledAmount("spelled_cost", see)];
}

function spelledAmount(name: string, see: (text: string, units: bigint) => void): DuckDBScalarFunction {
  return DuckDBScalarFunction.create({
    name,
    parameterTypes: [VARCHAR],
    returnType: DECIMAL(DIGITS, MONEY_DECIMALS),
    mainFunction(_, input, output) {
      const texts = input.getColumnVector(0);
      for (let row = 0; row < input.rowCount; row += 1) {
        const text = texts.getItem(row);
        const units = typeof text === "string" ? unitsOf(text) : null;
        if (typeof text === "string" && units !== null) see(text, units);
        output.setItem(row, units === null ? null : new DuckDBDecimalValue(units, DIGITS, MONEY_DECIMALS));
      }
      output.flush();
    },
  });
}

const LARGEST = 10n ** BigInt(DIGITS);

function unitsOf(text: string): bigint | null {
  try {
    const units = parseDecimal(text, MONEY_DECIMALS);
    return units < LARGEST && units > -LARGEST ? units : null;
  } catch {
    return null;
  }
}

/** More decimals than the shortest text of any double near 10^-12 has. */
const MORE_DECIMALS = 40;

function isRounded(text: string, units: bigint): boolean {
  if (units === 0n) return /[1-9]/.test(text.split(/e/i)[0] ?? "");
  return parseDecimal(text, MONEY_DECIMALS + MORE_DECIMALS) !== units * 10n ** BigInt(MORE_DECIMALS);
}

/** SQL that reads an amount from a column of a DuckDB type; `null` when that type has no numbers. */
export const amountOf = (sql: string, type: string) => readBy("exact_amount", "exact_double", sql, type);

/** As `amountOf`, and counts what is rounded. */
export const costOf = (sql: string, type: string) => readBy("exact_cost", "exact_double_cost", sql, type);

function readBy(exact: string, double: string, sql: string, type: string): string | null {
  if (type === "VARCHAR") return `${exact}(${sql})`;
  if (type === "DOUBLE") return `${double}(${sql})`;
  if (type === "FLOAT") return `${exact}(CAST(${sql} AS VARCHAR))`;
  if (/^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/.test(type)) return `CAST(${sql} AS ${AMOUNT})`;
  const decimals = decimalsOf(type);
  if (decimals === null) return null;
  return decimals <= MONEY_DECIMALS ? `CAST(${sql} AS ${AMOUNT})` : `${exact}(CAST(${sql} AS VARCHAR))`;
}

/** The decimals of a DuckDB type; `null` when it is no DECIMAL. */
export function decimalsOf(type: string): number | null {
  const [, scale] = /^DECIMAL\(\d+,\s*(\d+)\)$/.exec(type) ?? [];
  return scale === undefined ? null : Number(scale);
}
