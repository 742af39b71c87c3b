export {
  type CostExplorerOptions,
  type CostExplorerProgress,
  type CostExplorerSource,
  costExplorerSource,
  requestScope,
} from "./cost-explorer/cost-explorer-source.ts";
export { PRICE_PER_REQUEST } from "./cost-explorer/request-costs.ts";
export { type KmsAccess, type KmsSigner, kmsSigners } from "./kms-signer.ts";
export { parseStoreUrl, type S3Place, type S3StoreOptions, s3Store } from "./s3-store/index.ts";
export { ParameterError, type SsmAccess, type SsmParameter, ssmParameter } from "./ssm-parameter.ts";
