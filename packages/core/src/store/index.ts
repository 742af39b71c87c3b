export {
  type ArtifactStore,
  type NewObject,
  type PutOutcome,
  type StoredHead,
  type StoredObject,
  StoreError,
  type StoreFailure,
} from "./artifact-store.ts";
