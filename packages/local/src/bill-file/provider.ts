import { literal } from "./sql.ts";

/**
 * AWS has many names: "AWS", "Amazon Web Services, Inc.", "Amazon Web Services EMEA SARL", "AISPL" in India. In China two
 * companies operate AWS's regions and invoice for them: Sinnet in Beijing, and Western Cloud Data (NWCD) in Ningxia.
 */
const AWS =
  "^(aws|amazon web services|amazon|aispl)([^a-z0-9]|$)|^(beijing )?sinnet( |$)|^(ningxia )?western cloud data|^nwcd$|^光环新网|^(宁夏)?西云数据";

/** Whether this is one of AWS's names. */
export const isAws = (provider: string) => new RegExp(AWS).test(provider.trim().toLowerCase());

/**
 * SQL for the name of a charge's provider where it is another one than `provider`, else NULL. A charge belongs to
 * `provider` when one of the columns names it, and also when all of them are empty.
 * Case does not matter; "Microsoft" matches "Microsoft Corporation".
 * @param columns SQL of who provides a charge and who invoices it. Not of the host: other vendors run on AWS, too.
 */
export function isOtherProvider(columns: readonly string[], provider: string): string {
  const wanted = provider.trim().toLowerCase();
  const matches = (sql: string) =>
    isAws(provider)
      ? `regexp_matches(lower(${sql}), ${literal(AWS)})`
      : `(lower(${sql}) = ${literal(wanted)} OR starts_with(lower(${sql}), ${literal(`${wanted} `)}))`;
  const isOurs = columns.map((sql) => `coalesce(${matches(sql)}, false)`).join(" OR ");
  return `CASE WHEN ${isOurs} THEN NULL ELSE coalesce(${columns.join(", ")}) END`;
}
