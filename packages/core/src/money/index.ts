export { allocate } from "./allocate.ts";
export { decimalNumber, decimalText, divideHalfEven, parseDecimal } from "./decimal.ts";
export { displayedParts } from "./displayed-parts.ts";
export {
  add,
  compare,
  isZero,
  MONEY_DECIMALS,
  type Money,
  magnitude,
  negate,
  subtract,
  sum,
  zero,
} from "./money.ts";
export { moneyFromNumber, moneyNumber, moneyText, parseMoney, rounded, roundedHalfUp } from "./text.ts";
