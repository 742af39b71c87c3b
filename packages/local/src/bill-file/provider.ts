import { literal } from "./sql.ts";

/** AWS has many names: "AWS", "Amazon Web Services, Inc.", "Amazon Web Services EMEA SARL". */
const AWS = "^(aws|amazon web services|amazon)([^a-z0-9]|$)";

/**
 * SQL for the name of a charge's provider where it is another one than `provider`, else NULL. A charge belongs to
 * `provider` when one of the provider columns names it, and also when all of them are empty.
 * Case does not matter; "Microsoft" matches "Microsoft Corporation".
 */
export function isOtherProvider(columns: readonly string[], provider: string): string {
  const wanted = provider.trim().toLowerCase();
  const matches = (sql: string) =>
    new RegExp(AWS).test(wanted)
      ? `regexp_matches(lower(${sql}), ${literal(AWS)})`
      : `(lower(${sql}) = ${literal(wanted)} OR starts_with(lower(${sql}), ${literal(`${wanted} `)}))`;
  const isOurs = columns.map((sql) => `coalesce(${matches(sql)}, false)`).join(" OR ");
  return `CASE WHEN ${isOurs} THEN NULL ELSE coalesce(${columns.join(", ")}) END`;
}
