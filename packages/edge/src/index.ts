export { contentTypeOf } from "./content-type.ts";
export {
  cacheControlOf,
  defaultRule,
  type EdgeFunction,
  type EdgeOrigin,
  type EdgeRule,
  type EdgeTime,
  edgeRules,
  edgeTimes,
  isDrawn,
  ruleOf,
  UNLESS_SAID,
} from "./edge-rules.ts";
export { deployedHeaders, securityHeaders, strictTransport } from "./security-headers.ts";
