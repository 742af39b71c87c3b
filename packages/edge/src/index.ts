export { contentTypeOf } from "./content-type.ts";
export {
  apiRule,
  cacheControlOf,
  DEFAULT_CACHE_CONTROL,
  defaultRule,
  type EdgeFunction,
  type EdgeOrigin,
  type EdgeRule,
  type EdgeTime,
  edgeRules,
  edgeTimes,
  isDrawn,
  ruleOf,
} from "./edge-rules.ts";
export { isLocalHost } from "./local-host.ts";
export { deployedHeaders, securityHeaders, strictTransport } from "./security-headers.ts";
