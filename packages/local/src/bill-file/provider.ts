import { AWS_NAMES, isAws } from "@dapanoskop/core/source";
import { literal } from "./sql.ts";

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
      ? `regexp_matches(lower(${sql}), ${literal(AWS_NAMES)})`
      : `(lower(${sql}) = ${literal(wanted)} OR starts_with(lower(${sql}), ${literal(`${wanted} `)}))`;
  const isOurs = columns.map((sql) => `coalesce(${matches(sql)}, false)`).join(" OR ");
  return `CASE WHEN ${isOurs} THEN NULL ELSE coalesce(${columns.join(", ")}) END`;
}
