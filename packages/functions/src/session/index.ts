export type { Fetch } from "../tokens/index.ts";
export type { FunctionUrlAnswer } from "./function-url.ts";
export { REFUSAL, type SessionAnswer, type SessionDependencies, sessionHandler } from "./session-handler.ts";
export {
  cachedSettings,
  parseSettings,
  type SessionSettings,
  type SettingsSource,
  type SigningKey,
} from "./settings.ts";
export type { Signer, SignerOf } from "./signer.ts";
export type { User } from "./verify-tokens.ts";
