import { MONEY_DECIMALS, parseDecimal } from "../../money/index.ts";
import { quoted } from "../../text/index.ts";
import type { PlanDocument } from "../plan-document.ts";

/** A bound on a figure of a plan: the gate fails where it holds. */
export interface GateRule {
  /** As it was written. */
  readonly text: string;
  readonly metric: GateMetric;
  readonly operator: GateOperator;
  /** In 10^-12. */
  readonly bound: bigint;
}

type GateOperator = ">" | ">=" | "<" | "<=" | "==" | "!=";

export type GateMetric = keyof typeof metrics;

/** The figure of a plan in 10^-12, at both ends where it is a range; `null` where it is not known. */
type Figure = (plan: PlanDocument) => { readonly low: bigint; readonly high: bigint } | null;

const exactly = (value: bigint) => ({ low: value, high: value });
const amount = (text: string) => parseDecimal(text, MONEY_DECIMALS);
const money =
  (of: (cost: PlanDocument["cost"]) => string): Figure =>
  ({ cost }) =>
    exactly(amount(of(cost)));
const count =
  (of: (plan: PlanDocument) => number): Figure =>
  (plan) =>
    exactly(BigInt(of(plan)) * 10n ** BigInt(MONEY_DECIMALS));

const delta: Figure = ({ cost: { monthly_delta, monthly_delta_range: range } }) =>
  range === undefined ? exactly(amount(monthly_delta)) : { low: amount(range.low), high: amount(range.high) };

const percent: Figure = ({ cost: { monthly_delta, monthly_delta_percent } }) => {
  if (monthly_delta_percent !== undefined) return exactly(amount(monthly_delta_percent));
  // Nothing more of nothing is no change; something more of nothing has no percentage.
  return amount(monthly_delta) === 0n ? exactly(0n) : null;
};

const metrics = {
  delta,
  delta_percent: percent,
  monthly_before: money((cost) => cost.monthly_before),
  monthly_after: money((cost) => cost.monthly_after),
  one_time: money((cost) => cost.one_time),
  creates: count(({ counts }) => counts.create),
  updates: count(({ counts }) => counts.update),
  deletes: count(({ counts }) => counts.delete),
  replaces: count(({ counts }) => counts.replace),
  forgets: count(({ counts }) => counts.forget),
  imports: count(({ counts }) => counts.import),
  moves: count(({ counts }) => counts.move),
  other: count(({ counts }) => counts.other),
  drift: count(({ drift }) => drift.changed + drift.deleted),
  unknown: count(({ cost }) => cost.unknown),
  unsupported: count(({ cost }) => cost.unsupported),
  usage_based: count(({ cost }) => cost.usage_based),
} as const satisfies Readonly<Record<string, Figure>>;

/** The names of the figures that a rule may bound. */
export const gateMetrics = Object.keys(metrics) as readonly GateMetric[];

/** A rule of a gate is not understood: the message says what is. */
export class GateRuleError extends Error {
  override readonly name = "GateRuleError";
}

const RULE = /^\s*([a-z_]+)\s*(>=|<=|==|!=|>|<)\s*([+-]?\d{1,20}(?:\.\d{1,12})?)\s*%?\s*$/;

/**
 * Reads a rule such as `delta>100` or `deletes > 0`.
 * @throws GateRuleError
 */
export function gateRule(text: string): GateRule {
  const [, metric = "", operator = "", bound = ""] = RULE.exec(text) ?? [];
  if (!isMetric(metric) || !isOperator(operator)) {
    throw new GateRuleError(
      `The rule ${quoted(text, 60)} is not understood. A rule is a figure, an operator and a number, like delta>100. The figures are ${gateMetrics.join(", ")}; the operators are >, >=, <, <=, == and !=.`,
    );
  }
  return { text: text.trim(), metric, operator, bound: parseDecimal(bound, MONEY_DECIMALS) };
}

const isMetric = (name: string): name is GateMetric => Object.hasOwn(metrics, name);

const isOperator = (text: string): text is GateOperator => [">", ">=", "<", "<=", "==", "!="].includes(text);

/** Whether the rule's bound is broken: `null` where the figure is not known. Of a range, the end that breaks it counts. */
export function isBroken({ metric, operator, bound }: GateRule, plan: PlanDocument): boolean | null {
  const figure = metrics[metric](plan);
  if (figure === null) return null;
  const { low, high } = figure;
  switch (operator) {
    case ">":
      return high > bound;
    case ">=":
      return high >= bound;
    case "<":
      return low < bound;
    case "<=":
      return low <= bound;
    case "==":
      return low <= bound && bound <= high;
    case "!=":
      return low !== bound || high !== bound;
  }
}
