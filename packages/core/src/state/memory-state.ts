import type { Instant } from "../calendar/index.ts";
import { checkPartition, checkStateKey, valueText } from "./state-key.ts";
import type { NewState, StateKey, StatePutOutcome, StateRecord, StateStore } from "./state-store.ts";

/** A state store in memory, for tests and for programs that need none after they end. It forgets no record. */
export interface MemoryState extends StateStore {
  /** How many records were written so far: it names the version of the next one. */
  writes(): number;
}

export interface MemoryStateOptions {
  readonly place?: string;
  /** The records that the store contains at first. */
  readonly records?: readonly StateRecord[];
}

interface MemoryRecord {
  readonly key: StateKey;
  readonly text: string;
  readonly expiresAt: Instant | null;
  readonly version: string;
}

/** Conditions are judged and records written in one step, as in every other store. */
export function memoryState({ place = "memory", records = [] }: MemoryStateOptions = {}): MemoryState {
  const kept = new Map<string, MemoryRecord>();
  let writes = 0;
  // No part of a key contains a line break.
  const nameOf = ({ partition, sort }: StateKey) => `${partition}\n${sort}`;

  for (const record of records) {
    const { key, version, expiresAt } = record;
    kept.set(nameOf(key), { key, version, expiresAt, text: valueText(key, record, place) });
  }

  function put(
    key: StateKey,
    state: NewState,
    isAllowed: (current: string | null) => boolean,
  ): StatePutOutcome {
    checkStateKey(key, place);
    const text = valueText(key, state, place);
    const { partition, sort } = key;
    if (!isAllowed(kept.get(nameOf(key))?.version ?? null)) return { outcome: "refused" };
    writes += 1;
    const version = String(writes);
    kept.set(nameOf(key), { key: { partition, sort }, text, expiresAt: state.expiresAt, version });
    return { outcome: "written", version };
  }

  return {
    place,
    writes: () => writes,
    async get(key) {
      checkStateKey(key, place);
      const found = kept.get(nameOf(key));
      return found === undefined ? null : recordOf(found);
    },
    async list(partition, after) {
      checkPartition(partition, place);
      const found = [...kept.values()].filter(({ key }) => key.partition === partition);
      return found
        .filter(({ key }) => after === undefined || key.sort > after)
        .sort((a, b) => (a.key.sort < b.key.sort ? -1 : 1))
        .map(recordOf);
    },
    putIfAbsent: async (key, state) => put(key, state, (current) => current === null),
    putIfVersion: async (key, state, version) => put(key, state, (current) => current === version),
    async remove(key, version) {
      checkStateKey(key, place);
      if (kept.get(nameOf(key))?.version !== version) return { outcome: "refused" };
      kept.delete(nameOf(key));
      return { outcome: "removed" };
    },
  };
}

const recordOf = ({ key, text, expiresAt, version }: MemoryRecord): StateRecord => ({
  key: { ...key },
  value: JSON.parse(text),
  expiresAt,
  version,
});
