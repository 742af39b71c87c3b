import { displayedParts, type Money, rounded, sum } from "../../money/index.ts";
import { splitChange } from "./split-change.ts";
import { costBefore, costNow, type UsageLine } from "./usage-line.ts";

/** One step from the cost before to the cost now: a total at both ends, changes between them. */
export interface ChangeStep {
  readonly name: "before" | "price" | "quantity" | "appeared" | "gone" | "now";
  readonly kind: "total" | "change";
  readonly exact: Money;
  /** Rounded to cents so that the displayed steps add up. */
  readonly cents: bigint;
}

/**
 * The change of a workload's cost in steps, oldest first. The exact steps add up exactly, the cents to the cent.
 * @param displayedNow the cost now in cents, where it is displayed already
 */
export function changeSteps(
  lines: readonly UsageLine[],
  currency: string,
  displayedNow: bigint | null = null,
): readonly ChangeStep[] {
  const total = (cost: (line: UsageLine, currency: string) => Money) =>
    sum(
      lines.map((line) => cost(line, currency)),
      currency,
    );
  const [before, now] = [total(costBefore), total(costNow)];
  const parts = splitChange(lines, currency);
  const names = ["price", "quantity", "appeared", "gone"] as const;
  const centsNow = displayedNow ?? rounded(now);
  const cents = displayedParts(
    centsNow - rounded(before),
    names.map((name) => parts[name]),
  );
  return [
    { name: "before", kind: "total", exact: before, cents: rounded(before) },
    ...names.map(
      (name, at): ChangeStep => ({
        name,
        kind: "change",
        exact: parts[name],
        cents: cents[at] ?? 0n,
      }),
    ),
    { name: "now", kind: "total", exact: now, cents: centsNow },
  ];
}
