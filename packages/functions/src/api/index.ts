export { type ApiRuntime, type GatewayHandler, gatewayHandler } from "./gateway-handler.ts";
export { tokenCaller } from "./token-caller.ts";
