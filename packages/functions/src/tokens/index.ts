export { type Answer, ask, type Fetch } from "./http.ts";
export { Refused, Unavailable } from "./refused.ts";
export { tokenKeys } from "./token-keys.ts";
export { checkTokenShape, type TokenUse } from "./token-shape.ts";
export {
  accessSchema,
  checkGroups,
  checkTimes,
  idSchema,
  type SignatureCheck,
  signatureCheck,
  verifiedClaims,
} from "./verify-token.ts";
