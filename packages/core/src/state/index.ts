export { type MemoryState, type MemoryStateOptions, memoryState } from "./memory-state.ts";
export { checkPartition, checkStateKey, valueText } from "./state-key.ts";
export {
  type NewState,
  StateError,
  type StateFailure,
  type StateKey,
  type StatePutOutcome,
  type StateRecord,
  type StateRemoveOutcome,
  type StateStore,
} from "./state-store.ts";
