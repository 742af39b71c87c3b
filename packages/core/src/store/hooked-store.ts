import type { ArtifactStore, NewObject, PutOutcome } from "./artifact-store.ts";

/** One call to a store. */
export interface StoreCall {
  readonly verb: "get" | "head" | "list" | "putIfAbsent" | "putIfMatch" | "repair";
  /** The key, or the prefix of a list; empty for `repair`. */
  readonly key: string;
  readonly object?: NewObject;
  readonly etag?: string;
}

/** Called around every call. A hook that throws before a write prevents it; one that throws after it loses its answer. */
export interface StoreHooks {
  before?(call: StoreCall): void | Promise<void>;
  after?(call: StoreCall, answer: unknown): void | Promise<void>;
}

export const isPut = (call: StoreCall): boolean => call.verb === "putIfAbsent" || call.verb === "putIfMatch";

/** A store with hooks around every verb: tests kill a run, delay it, or lose an answer there. */
export function withHooks(store: ArtifactStore, hooks: StoreHooks): ArtifactStore {
  async function around<Answer>(call: StoreCall, perform: () => Promise<Answer>): Promise<Answer> {
    await hooks.before?.(call);
    const answer = await perform();
    await hooks.after?.(call, answer);
    return answer;
  }
  const { repair } = store;
  return {
    place: store.place,
    get: (key) => around({ verb: "get", key }, () => store.get(key)),
    head: (key) => around({ verb: "head", key }, () => store.head(key)),
    list: (prefix) => around({ verb: "list", key: prefix }, () => store.list(prefix)),
    putIfAbsent: (key, object): Promise<PutOutcome> =>
      around({ verb: "putIfAbsent", key, object }, () => store.putIfAbsent(key, object)),
    putIfMatch: (key, object, etag): Promise<PutOutcome> =>
      around({ verb: "putIfMatch", key, object, etag }, () => store.putIfMatch(key, object, etag)),
    ...(repair === undefined
      ? {}
      : { repair: () => around({ verb: "repair", key: "" }, () => repair.call(store)) }),
  };
}
