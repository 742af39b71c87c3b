import { type Accessor, createSignal } from "solid-js";
import type { ListPart } from "./api-reads.ts";
import { type DataError, dataError } from "./failure.ts";
import { createLoadable, type Loadable } from "./loadable.ts";

/** A list that the reader loads in parts. */
export interface PagedList<Item> {
  /** All items that were loaded so far. */
  readonly items: Loadable<readonly Item[]>;
  readonly hasMore: Accessor<boolean>;
  readonly isLoadingMore: Accessor<boolean>;
  /** Why the next part could not be loaded. */
  readonly problem: Accessor<DataError | null>;
  loadMore(): Promise<void>;
}

/** @param source starts the list again when it changes; `undefined` waits */
export function createPagedList<Source, Item>(
  source: Accessor<Source | undefined>,
  read: (source: Source, cursor: string | null) => Promise<ListPart<Item>>,
): PagedList<Item> {
  const [cursor, setCursor] = createSignal<string | null>(null);
  const [later, setLater] = createSignal<readonly Item[]>([]);
  const [isLoadingMore, setLoadingMore] = createSignal(false);
  const [problem, setProblem] = createSignal<DataError | null>(null);
  let list = 0;
  const first = createLoadable(source, async (wanted) => {
    list += 1;
    const part = await read(wanted, null);
    setLater([]);
    setProblem(null);
    setCursor(part.next_cursor);
    return part.items;
  });

  async function loadMore(): Promise<void> {
    const [wanted, next, of] = [source(), cursor(), list];
    if (wanted === undefined || next === null || isLoadingMore()) return;
    setLoadingMore(true);
    try {
      const part = await read(wanted, next);
      if (of !== list) return;
      setLater((before) => [...before, ...part.items]);
      setCursor(part.next_cursor);
      setProblem(null);
    } catch (error) {
      if (of === list) setProblem(dataError(error));
    } finally {
      setLoadingMore(false);
    }
  }

  const items = () => {
    const state = first();
    if (state.value === undefined) return state;
    return { ...state, value: [...state.value, ...later()] };
  };
  return {
    items: Object.assign(items, { reload: first.reload }) as Loadable<readonly Item[]>,
    hasMore: () => cursor() !== null,
    isLoadingMore,
    problem,
    loadMore,
  };
}
