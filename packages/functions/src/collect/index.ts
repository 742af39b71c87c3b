export { type CollectEnvironment, collectEnvironment } from "./collect-environment.ts";
export { type CollectRequest, collectRequest, EventError } from "./collect-event.ts";
export { CollectError, UnfinishedError } from "./collect-failure.ts";
export { type CollectHandler, type CollectRuntime, collectHandler } from "./collect-handler.ts";
