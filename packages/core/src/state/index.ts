export {
  type NewState,
  StateError,
  type StateFailure,
  type StateKey,
  type StatePutOutcome,
  type StateRecord,
  type StateStore,
} from "./state-store.ts";
