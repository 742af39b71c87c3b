export { type AccountLines, accountFigures, type ChargeLine, chargeLine } from "./account-figures.ts";
export {
  type GeneratedAccountOptions,
  generatedAccount,
  type Injection,
  withJump,
} from "./generated-account.ts";
export { type Random, randomOf } from "./random.ts";
