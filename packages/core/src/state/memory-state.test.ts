import { describe, expect, it } from "vitest";
import { memoryState } from "./memory-state.ts";
import { stateStoreContract } from "./testing/index.ts";

stateStoreContract(
  { describe, it, expect },
  {
    name: "memory",
    open: async (clients) => {
      const store = memoryState();
      return Array.from({ length: clients }, () => store);
    },
  },
);

describe("the state store in memory", () => {
  it("begins with the records that it is given", async () => {
    const record = { key: { partition: "p", sort: "s" }, value: { a: 1 }, expiresAt: null, version: "x" };
    const store = memoryState({ records: [record] });
    expect(await store.get(record.key)).toEqual(record);
    expect(await store.putIfVersion(record.key, { value: 2, expiresAt: null }, "x")).toEqual({
      outcome: "written",
      version: "1",
    });
    expect(store.writes()).toBe(1);
  });
});
