import { checkPlanFileKey, type PlanFileKey, type PlanFiles } from "./plan-files.ts";

/** Files of plans in memory, for tests and for programs that need none after they end. */
export interface MemoryPlanFiles extends PlanFiles {
  /** The files that there are now. */
  files(): readonly Uint8Array[];
}

export function memoryPlanFiles(): MemoryPlanFiles {
  const kept = new Map<string, Uint8Array>();
  const nameOf = (key: PlanFileKey): string => {
    checkPlanFileKey(key);
    return `${key.owner}#${key.project}#${key.planId}`;
  };
  return {
    place: "memory",
    files: () => [...kept.values()],
    async putIfAbsent(key, body) {
      const name = nameOf(key);
      if (!kept.has(name)) kept.set(name, body.slice());
    },
    get: async (key) => kept.get(nameOf(key))?.slice() ?? null,
    async delete(key) {
      kept.delete(nameOf(key));
    },
  };
}
