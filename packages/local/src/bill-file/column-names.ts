/**
 * The name that Athena and Data Exports give a column of a legacy CUR: an underscore before each capital, small letters,
 * underscores for what is neither letter nor digit, none doubled, none at the ends.
 * `lineItem/UnblendedCost` and `line_item_unblended_cost` both read `line_item_unblended_cost`.
 * Source: AWS's user guide, "Querying Cost and Usage Reports using Athena", column names.
 */
export function curName(name: string): string {
  return name
    .replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`)
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
}

/** FOCUS names without case and underscores, which some catalogs change: `x_UsageType` becomes `xusagetype`. */
export const focusName = (name: string) => name.toLowerCase().replaceAll("_", "");
