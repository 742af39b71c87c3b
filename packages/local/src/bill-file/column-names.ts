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

/** The name that a legacy CUR gives a column: `lineItem/UnblendedCost` for `line_item_unblended_cost`. */
export function slashName(name: string): string {
  const [, group = "", column = name] = /^(line_item|savings_plan|[a-z]+)_(.+)$/.exec(name) ?? [];
  const words = (text: string) =>
    text.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return `${words(group).replace(/^./, (letter) => letter.toLowerCase())}/${words(column)}`;
}

/** FOCUS names without case and underscores, which some catalogs change: `x_UsageType` becomes `xusagetype`. */
export const focusName = (name: string) => name.toLowerCase().replaceAll("_", "");
