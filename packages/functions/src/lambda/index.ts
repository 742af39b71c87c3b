export type { LambdaContext } from "./context.ts";
export {
  type Environment,
  EnvironmentError,
  type EnvironmentReader,
  environmentReader,
} from "./environment.ts";
export { type FailureText, failureText } from "./failure-text.ts";
export { instantText } from "./instant-text.ts";
export { type Log, type LogFields, logTo } from "./log.ts";
export { withoutAccounts, withoutAddresses, withoutSecrets } from "./mask.ts";
export { type Metric, metricLine, NAMESPACE } from "./metrics.ts";
export { runRuntime } from "./run-runtime.ts";
