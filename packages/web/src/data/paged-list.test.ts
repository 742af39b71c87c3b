import { createRoot, createSignal } from "solid-js";
import { describe, expect, it } from "vitest";
import { createPagedList } from "./paged-list.ts";

const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** A list of three parts for each source, and what was asked for. */
function parts() {
  const asked: string[] = [];
  const state = { failure: null as Error | null, wait: null as Promise<void> | null };
  const read = async (source: string, cursor: string | null) => {
    asked.push(`${source} ${cursor}`);
    await state.wait;
    if (state.failure !== null) throw state.failure;
    const at = cursor === null ? 1 : Number(cursor);
    return { items: [`${source}${at}a`, `${source}${at}b`], next_cursor: at < 3 ? String(at + 1) : null };
  };
  return { asked, state, read };
}

async function listOf(
  use: (
    list: ReturnType<typeof createPagedList<string, string>>,
    setSource: (source: string | undefined) => void,
    of: ReturnType<typeof parts>,
  ) => Promise<void>,
) {
  const of = parts();
  await createRoot(async (dispose) => {
    const [source, setSource] = createSignal<string | undefined>("x");
    await use(createPagedList(source, of.read), setSource, of);
    dispose();
  });
}

describe("a list that is loaded in parts", () => {
  it("has all parts so far, until there is no more", async () => {
    await listOf(async (list, _, { asked }) => {
      expect(list.items().value).toBeUndefined();
      await settled();
      expect([list.items().value, list.hasMore()]).toEqual([["x1a", "x1b"], true]);
      const loading = list.loadMore();
      expect(list.isLoadingMore()).toBe(true);
      // Nothing is asked for twice at the same time.
      await list.loadMore();
      await loading;
      expect([list.isLoadingMore(), list.items().value]).toEqual([false, ["x1a", "x1b", "x2a", "x2b"]]);
      await list.loadMore();
      expect([list.items().value?.at(-1), list.hasMore()]).toEqual(["x3b", false]);
      await list.loadMore();
      expect(asked).toEqual(["x null", "x 2", "x 3"]);
    });
  });

  it("keeps what it has where a part fails, says why, and can try again", async () => {
    await listOf(async (list, _, { state }) => {
      await settled();
      state.failure = new Error("away");
      await list.loadMore();
      expect([list.problem() === null, list.isLoadingMore(), list.items().value]).toEqual([
        false,
        false,
        ["x1a", "x1b"],
      ]);
      state.failure = null;
      await list.loadMore();
      expect([list.problem(), list.items().value?.length]).toEqual([null, 4]);
    });
  });

  it("begins again with another source: parts and problems of the one before are gone", async () => {
    await listOf(async (list, setSource, { state }) => {
      await settled();
      await list.loadMore();
      state.failure = new Error("away");
      await list.loadMore();
      state.failure = null;
      setSource("y");
      await settled();
      expect([list.items().value, list.problem(), list.hasMore()]).toEqual([["y1a", "y1b"], null, true]);
      // A part that arrives for a list that is not shown any more is not added.
      let release = () => {};
      state.wait = new Promise((resolve) => {
        release = resolve;
      });
      const late = list.loadMore();
      state.wait = null;
      setSource("z");
      await settled();
      release();
      await late;
      expect([list.items().value, list.isLoadingMore()]).toEqual([["z1a", "z1b"], false]);
    });
  });

  it("waits without a source", async () => {
    await listOf(async (list, setSource, { asked }) => {
      setSource(undefined);
      await settled();
      await list.loadMore();
      expect(asked.length).toBeLessThanOrEqual(1);
    });
  });
});
