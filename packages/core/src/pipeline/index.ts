export {
  type CollectConfig,
  type CollectEvent,
  type CollectResult,
  defaultConfig,
  type MonthOutcome,
} from "./event.ts";
