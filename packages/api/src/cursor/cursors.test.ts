import { memoryState } from "@dapanoskop/core/state";
import { testRandom } from "@dapanoskop/core/testing";
import { describe, expect, it } from "vitest";
import { makeCursors } from "./cursors.ts";

const notOne = /^The cursor is not one of this list\./;

describe("a cursor", () => {
  it("opens for what it was sealed for, in every process that has the state, and nowhere else", async () => {
    const state = memoryState();
    const [one, other] = [makeCursors(state, testRandom()), makeCursors(state, testRandom())];
    const cursor = await one.seal("position ü", "alice plans");
    expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(await one.open(cursor, "alice plans")).toBe("position ü");
    expect(await other.open(cursor, "alice plans")).toBe("position ü");
    await expect(one.open(cursor, "bob plans")).rejects.toThrow(notOne);
    const stranger = makeCursors(memoryState(), {
      fraction: () => 0,
      bytes: (count) => new Uint8Array(count),
    });
    await expect(stranger.open(cursor, "alice plans")).rejects.toThrow(notOne);
    const [record] = await state.list("api");
    expect(record?.value).toEqual({ key: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it("is sealed with another nonce each time", async () => {
    const cursors = makeCursors(memoryState(), testRandom());
    expect(await cursors.seal("a", "b")).not.toBe(await cursors.seal("a", "b"));
  });

  it("is at most 1,000 characters long", async () => {
    const cursors = makeCursors(memoryState(), testRandom());
    // 12 bytes of the nonce, 16 of the tag, and 3 bytes in 4 characters.
    const longest = await cursors.seal("x".repeat(722), "b");
    expect([longest.length, await cursors.open(longest, "b")]).toEqual([1_000, "x".repeat(722)]);
    await expect(cursors.open(await cursors.seal("x".repeat(723), "b"), "b")).rejects.toThrow(notOne);
  });

  it.each(["", "a", "a=", "a+b/", "AAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAA", "ÄAAAAAAAAAAAAAAAAAAA"])(
    "is none: %j",
    async (text) => {
      await expect(makeCursors(memoryState(), testRandom()).open(text, "b")).rejects.toThrow(notOne);
    },
  );

  it("is made after the state could not be read at first", async () => {
    const memory = memoryState();
    let reads = 0;
    const state: typeof memory = {
      ...memory,
      async get(key) {
        reads += 1;
        if (reads === 1) throw new Error("The state is away.");
        return memory.get(key);
      },
    };
    const cursors = makeCursors(state, testRandom());
    await expect(cursors.seal("a", "b")).rejects.toThrow("The state is away.");
    expect(await cursors.open(await cursors.seal("a", "b"), "b")).toBe("a");
  });
});
