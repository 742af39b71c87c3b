import type { StateStore } from "@dapanoskop/core/state";

/** A state in which others are first at so many writes: those are refused. `writes` counts all that were tried. */
export function busyState(state: StateStore, refused: number): StateStore & { writes(): number } {
  let writes = 0;
  const write = async <Outcome>(run: () => Promise<Outcome>): Promise<Outcome | { outcome: "refused" }> => {
    writes += 1;
    return writes > refused ? run() : { outcome: "refused" };
  };
  return {
    ...state,
    writes: () => writes,
    putIfAbsent: (key, value) => write(() => state.putIfAbsent(key, value)),
    putIfVersion: (key, value, version) => write(() => state.putIfVersion(key, value, version)),
  };
}
