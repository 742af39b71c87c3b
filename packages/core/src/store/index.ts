export { type ArtifactKey, checkKey, isArtifactKey, parseKey } from "./artifact-key.ts";
export {
  type ArtifactStore,
  type IndexCopy,
  type NewObject,
  type PutOutcome,
  type StoredHead,
  type StoredObject,
  StoreError,
  type StoreFailure,
} from "./artifact-store.ts";
export { isPut, type StoreCall, type StoreHooks, withHooks } from "./hooked-store.ts";
export { type MemoryObject, type MemoryOptions, type MemoryStore, memoryStore } from "./memory-store.ts";
export { previousIndex } from "./previous-index.ts";
export { publish } from "./publish.ts";
export type {
  NewFile,
  NewMonth,
  PublishedMonth,
  PublishHost,
  PublishResult,
  PublishRun,
  SharedFile,
  SharedInput,
} from "./publish-run.ts";
export { type Pointer, readIndex, readNamed, readShared, readSnapshotFile } from "./read-index.ts";
export { type Recovery, recover } from "./recover.ts";
