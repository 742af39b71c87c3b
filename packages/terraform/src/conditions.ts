import { isExpression, operation } from "./synthesis/expression.ts";

// Of plain values, as in a row of a table that is used by itself, conditions are decided here; others at apply.

export const isSet = (value: unknown) =>
  isExpression(value) ? operation("!=", value, null) : value !== undefined && value !== null;
export const equal = (one: unknown, other: unknown) =>
  isExpression(one) || isExpression(other) ? operation("==", one, other) : one === other;
export const choose = (condition: unknown, yes: unknown, no: unknown) => {
  if (typeof condition === "boolean") return condition ? yes : no;
  return operation("?:", condition, yes, no);
};
