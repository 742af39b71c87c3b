import type { CostFilter, CostMatch } from "./filter.ts";

/**
 * Whether a key passes a test. `null` is a charge without the tag, category or dimension: only `absent` finds it, and
 * an `equals` that names the empty value, because an empty tag and none are one and the same to Cost Explorer.
 */
export function matchesValue(
  { match, caseSensitive, values }: Omit<CostMatch, "of">,
  value: string | null,
): boolean {
  if (match === "absent") return value === null;
  if (value === null) return match === "equals" && values.includes("");
  const text = caseSensitive ? value : fold(value);
  return values.some((wanted) => matchesText(match, text, caseSensitive ? wanted : fold(wanted)));
}

/** Whether a charge passes a filter, given how its keys are read. `and` of nothing is true, `or` of nothing is false. */
export function matchesFilter(filter: CostFilter, keyOf: (of: CostMatch["of"]) => string | null): boolean {
  if ("and" in filter) return filter.and.every((part) => matchesFilter(part, keyOf));
  if ("or" in filter) return filter.or.some((part) => matchesFilter(part, keyOf));
  if ("not" in filter) return !matchesFilter(filter.not, keyOf);
  return matchesValue(filter, keyOf(filter.of));
}

function matchesText(match: Exclude<CostMatch["match"], "absent">, text: string, wanted: string): boolean {
  switch (match) {
    case "equals":
      return text === wanted;
    case "startsWith":
      return text.startsWith(wanted);
    case "endsWith":
      return text.endsWith(wanted);
    case "contains":
      return text.includes(wanted);
  }
}

// Not toLocaleLowerCase: a Turkish machine would find other charges.
const fold = (text: string) => text.toLowerCase();
