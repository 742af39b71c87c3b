import type { StateKey, StateRecord, StateStore } from "@dapanoskop/core/state";
import { type NewState, StateError } from "@dapanoskop/core/state";

const ROUNDS = 5;

/**
 * Writes a record over whatever there is, under the condition that it is as it was read; `null` writes nothing.
 * @throws StateError when the store fails, or others changed the record in every round
 */
export async function replaceRecord(
  state: StateStore,
  key: StateKey,
  next: (current: StateRecord | null) => NewState | null,
): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const current = await state.get(key);
    const wanted = next(current);
    if (wanted === null) return;
    const { outcome } = await (current === null
      ? state.putIfAbsent(key, wanted)
      : state.putIfVersion(key, wanted, current.version));
    if (outcome === "written") return;
  }
  throw new StateError(
    "throttled",
    `${key.sort} of ${key.partition} in ${state.place} was changed by others in every round. Run again.`,
  );
}
