export { type AccountLine, type AccountLines, accountFigures, chargeLine } from "./account-figures.ts";
export {
  type GeneratedAccountOptions,
  generatedAccount,
  type Injection,
  withJump,
} from "./generated-account.ts";
export { type RandomNumbers, randomOf } from "./random.ts";
