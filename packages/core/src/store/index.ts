export {
  type ArtifactStore,
  checkLength,
  type IndexCopy,
  LONGEST_OBJECT,
  type NewObject,
  type PutOutcome,
  type StoredHead,
  type StoredObject,
  StoreError,
  type StoreFailure,
} from "./artifact-store.ts";
export { isPut, type StoreCall, type StoreHooks, withHooks } from "./hooked-store.ts";
export type { ListedObject, ObjectReader } from "./object-reader.ts";
export { sha256Hex } from "./sha256.ts";
