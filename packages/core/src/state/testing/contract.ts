import { type NewState, StateError, type StateKey, type StatePutOutcome, type StateStore } from "../index.ts";

/** The parts of vitest that the suite uses; an argument, so that this file does not load vitest. */
type StateTestApi = Pick<typeof import("vitest"), "describe" | "it" | "expect">;

export interface StateUnderTest {
  readonly name: string;
  /** Opens a new, empty store with so many clients: each is a connection of its own to the same records. */
  open(clients: number): Promise<readonly StateStore[]>;
}

/** Parallel writers in a race. */
const WRITERS = 20;

const EVERYONE: StateKey = { partition: "report#2026-01-14", sort: "everyone" };
const KEYS: readonly StateKey[] = [
  EVERYONE,
  { partition: "a", sort: "b" },
  { partition: "b", sort: "a" },
  { partition: ".", sort: ".." },
  { partition: "..", sort: "." },
  { partition: "a/b", sort: "/c" },
  { partition: "a", sort: "b/c" },
  { partition: "/", sort: "//" },
  { partition: "-rf", sort: "--" },
  { partition: "User", sort: "USER" },
  { partition: "user", sort: "user" },
  { partition: "user", sort: "USER" },
  { partition: "a_2e", sort: "a." },
  { partition: "a.", sort: "a_2e" },
  { partition: "con", sort: "nul" },
  { partition: "__proto__", sort: "constructor" },
  { partition: "x#1+2=3:@", sort: "1.json" },
  { partition: "L".repeat(200), sort: "L".repeat(200) },
  { partition: "L".repeat(200), sort: `${"L".repeat(199)}l` },
  { partition: "p", sort: "l".repeat(200) },
];

const BAD_PARTS = [
  "",
  " ",
  "a b",
  "a\0",
  "a\n",
  "a\\b",
  "a'b",
  'a"b',
  "a$b",
  "a*",
  "a%2e",
  "a?b",
  "a|b",
  "a;b",
  "a~",
  "ä",
  "２０２６",
  "\u202e",
  "x".repeat(201),
];

const state = (value: unknown, expiresAt: string | null = null): NewState => ({ value, expiresAt });

/** What every `StateStore` must do. One suite, run against memory, a folder and DynamoDB. */
export function stateStoreContract(
  { describe, it, expect }: StateTestApi,
  { name, open }: StateUnderTest,
): void {
  const openOne = async () => first(await open(1));

  describe(`a state store: ${name}`, () => {
    it("gives null for a record that was never written, and lists none", async () => {
      const store = await openOne();
      expect(await store.get(EVERYONE)).toBeNull();
      expect(await store.list(EVERYONE.partition)).toEqual([]);
      expect(store.place).not.toBe("");
    });

    it("gives back what was written, to every client", async () => {
      const [store, other] = pair(await open(2));
      const value = {
        text: 'ä "\u202e\n\0',
        list: [1, null, true, { deep: [] }],
        amount: -1.5e-7,
        empty: "",
      };
      const version = versionOf(await store.putIfAbsent(EVERYONE, state(value, "2027-02-18T06:00:00Z")));
      const record = { key: EVERYONE, value, expiresAt: "2027-02-18T06:00:00Z", version };
      expect(await other.get(EVERYONE)).toEqual(record);
      expect(await store.get(EVERYONE)).toEqual(record);
      expect(await other.list(EVERYONE.partition)).toEqual([record]);
    });

    it("keeps every key apart from every other one", async () => {
      const store = await openOne();
      for (const key of KEYS) {
        expect((await store.putIfAbsent(key, state(key))).outcome, JSON.stringify(key)).toBe("written");
      }
      for (const key of KEYS) expect(await store.get(key)).toMatchObject({ key, value: key });
      for (const { partition } of KEYS) {
        const sorts = KEYS.filter((key) => key.partition === partition).map(({ sort }) => sort);
        const listed = (await store.list(partition)).map(({ key }) => key.sort);
        expect(listed).toEqual([...sorts].sort(byCodeUnit));
      }
    });

    it("refuses every bad key in every verb, and writes nothing for it", async () => {
      const store = await openOne();
      const version = versionOf(await store.putIfAbsent(EVERYONE, state(1)));
      for (const part of BAD_PARTS) {
        for (const key of [
          { partition: part, sort: "a" },
          { partition: "a", sort: part },
        ]) {
          const calls = [
            () => store.get(key),
            () => store.putIfAbsent(key, state(1)),
            () => store.putIfVersion(key, state(1), version),
            () => store.remove(key, version),
          ];
          for (const call of calls) {
            await expect(call(), JSON.stringify(key)).rejects.toMatchObject({ failure: "bad-key" });
          }
        }
        await expect(store.list(part)).rejects.toMatchObject({ failure: "bad-key" });
      }
      expect(await store.list("a")).toEqual([]);
    });

    it("writes if absent once only, also the same content", async () => {
      const store = await openOne();
      await store.putIfAbsent(EVERYONE, state("first"));
      expect(await store.putIfAbsent(EVERYONE, state("second"))).toEqual({ outcome: "refused" });
      expect(await store.putIfAbsent(EVERYONE, state("first"))).toEqual({ outcome: "refused" });
      expect((await store.get(EVERYONE))?.value).toBe("first");
    });

    it("replaces with the current version only, and gives a new version to the same content", async () => {
      const store = await openOne();
      const one = versionOf(await store.putIfAbsent(EVERYONE, state("one")));
      const two = versionOf(await store.putIfVersion(EVERYONE, state("two"), one));
      const same = versionOf(await store.putIfVersion(EVERYONE, state("one"), two));
      expect(new Set([one, two, same]).size).toBe(3);
      for (const stale of [one, two, "", "*", "0", "1e3", "../1"]) {
        expect(await store.putIfVersion(EVERYONE, state("stale"), stale)).toEqual({ outcome: "refused" });
      }
      expect(await store.get(EVERYONE)).toMatchObject({ value: "one", version: same });
    });

    it("does not create a record by replacing it", async () => {
      const store = await openOne();
      const version = versionOf(await store.putIfAbsent(EVERYONE, state("one")));
      const other = { ...EVERYONE, sort: "slack" };
      for (const any of [version, "", "0", "1"]) {
        expect(await store.putIfVersion(other, state("two"), any)).toEqual({ outcome: "refused" });
      }
      expect(await store.get(other)).toBeNull();
      expect((await store.get(EVERYONE))?.value).toBe("one");
    });

    it("replaces value and expiry as a whole", async () => {
      const store = await openOne();
      const one = versionOf(await store.putIfAbsent(EVERYONE, state({ a: 1 }, "2027-02-18T06:00:00Z")));
      await store.putIfVersion(EVERYONE, state({ b: 2 }), one);
      expect(await store.get(EVERYONE)).toMatchObject({ value: { b: 2 }, expiresAt: null });
    });

    it("removes a record with its current version only: get and list have it no more", async () => {
      const [store, other] = pair(await open(2));
      const one = versionOf(await store.putIfAbsent(EVERYONE, state("one")));
      const two = versionOf(await store.putIfVersion(EVERYONE, state("two"), one));
      for (const stale of [one, "", "*", "0", "../2"]) {
        expect(await store.remove(EVERYONE, stale)).toEqual({ outcome: "refused" });
      }
      expect(await store.remove({ ...EVERYONE, sort: "slack" }, two)).toEqual({ outcome: "refused" });
      expect((await other.get(EVERYONE))?.value).toBe("two");
      expect(await store.remove(EVERYONE, two)).toEqual({ outcome: "removed" });
      expect(await other.get(EVERYONE)).toBeNull();
      expect(await other.list(EVERYONE.partition)).toEqual([]);
      expect(await other.remove(EVERYONE, two)).toEqual({ outcome: "refused" });
    });

    it("gives a record that was removed and is written again another version, so that no old writer wins", async () => {
      const store = await openOne();
      const before: string[] = [];
      for (const value of ["one", "two", "three"]) {
        const version = versionOf(await store.putIfAbsent(EVERYONE, state(value)));
        expect(before).not.toContain(version);
        for (const old of before) {
          expect(await store.putIfVersion(EVERYONE, state("old"), old)).toEqual({ outcome: "refused" });
          expect(await store.remove(EVERYONE, old)).toEqual({ outcome: "refused" });
        }
        expect(await store.get(EVERYONE)).toMatchObject({ value, version });
        expect(await store.remove(EVERYONE, version)).toEqual({ outcome: "removed" });
        expect(await store.putIfVersion(EVERYONE, state("old"), version)).toEqual({ outcome: "refused" });
        before.push(version);
      }
      expect(await store.get(EVERYONE)).toBeNull();
    });

    it("does not write over a record that may be forgotten, until it is", async () => {
      const store = await openOne();
      await store.putIfAbsent(EVERYONE, state("old", "2020-01-01T00:00:00Z"));
      const found = await store.get(EVERYONE);
      if (found !== null) expect(found).toMatchObject({ value: "old", expiresAt: "2020-01-01T00:00:00Z" });
      const put = await store.putIfAbsent(EVERYONE, state("new"));
      expect(put.outcome).toBe(found === null ? "written" : "refused");
    });

    it("does not change when a caller changes what it passed or got", async () => {
      const store = await openOne();
      const value = { list: [1] };
      await store.putIfAbsent(EVERYONE, state(value));
      value.list.push(2);
      const found = (await store.get(EVERYONE))?.value as typeof value | undefined;
      found?.list.push(3);
      expect((await store.get(EVERYONE))?.value).toEqual({ list: [1] });
    });

    it("keeps 300,000 bytes and refuses more, in bytes and not in characters", async () => {
      const store = await openOne();
      const longest = "x".repeat(299_998);
      const version = versionOf(await store.putIfAbsent(EVERYONE, state(longest)));
      expect((await store.get(EVERYONE))?.value).toBe(longest);
      const wide = "ä".repeat(150_000);
      const tooLarge = { failure: "too-large", message: expect.stringMatching(/300002 bytes .*Store less/) };
      await expect(store.putIfVersion(EVERYONE, state(wide), version)).rejects.toMatchObject(tooLarge);
      await expect(store.putIfAbsent({ ...EVERYONE, sort: "b" }, state(wide))).rejects.toBeInstanceOf(
        StateError,
      );
      expect(await store.get({ ...EVERYONE, sort: "b" })).toBeNull();
    });

    it("lists a partition in the order of the sort keys, from a key on, and nothing of others", async () => {
      const store = await openOne();
      const sorts = ["b", "B", "a", "a#1", "10", "9", "a.", "ab", "-", "@"];
      for (const sort of sorts) await store.putIfAbsent({ partition: "p", sort }, state(sort));
      for (const partition of ["p#", "p.", "P", "pp"])
        await store.putIfAbsent({ partition, sort: "a" }, state(0));
      const sorted = [...sorts].sort(byCodeUnit);
      const listed = async (after?: string) => (await store.list("p", after)).map(({ value }) => value);
      expect(await listed()).toEqual(sorted);
      for (const after of [...sorts, "aa", "zz"]) {
        expect(await listed(after)).toEqual(sorted.filter((sort) => sort > after));
      }
    });

    it("lists more records than a page of DynamoDB has: all of them, once", async () => {
      const store = await openOne();
      const sorts = Array.from({ length: 9 }, (_, at) => `s${at}`);
      const large = "x".repeat(250_000);
      for (const sort of sorts) await store.putIfAbsent({ partition: "large", sort }, state(large));
      expect((await store.list("large")).map(({ key }) => key.sort)).toEqual(sorts);
      expect((await store.list("large", "s3")).map(({ key }) => key.sort)).toEqual(sorts.slice(4));
    });

    it(`lets one of ${WRITERS} writers create a record`, async () => {
      const clients = await open(WRITERS);
      for (const sort of ["a", "b", "c"]) {
        const key = { partition: "race", sort };
        const puts = await Promise.all(clients.map((client, at) => client.putIfAbsent(key, state(at))));
        const winners = puts.flatMap((put, at) => (put.outcome === "written" ? [[at, put.version]] : []));
        expect(winners).toHaveLength(1);
        const [winner, version] = winners[0] ?? [];
        expect(await first(clients).get(key)).toMatchObject({ value: winner, version });
      }
    });

    it(`lets one of ${WRITERS} clients remove or replace a version`, async () => {
      const clients = await open(WRITERS);
      const key = { partition: "race", sort: "removed" };
      for (let round = 0; round < 3; round++) {
        const version = versionOf(await first(clients).putIfAbsent(key, state(round)));
        const outcomes = await Promise.all(
          clients.map((client, at) =>
            at % 2 === 0 ? client.remove(key, version) : client.putIfVersion(key, state("new"), version),
          ),
        );
        const done = outcomes.filter(({ outcome }) => outcome !== "refused");
        expect(done).toHaveLength(1);
        const left = await first(clients).get(key);
        expect(left?.value ?? null).toBe(done[0]?.outcome === "written" ? "new" : null);
        if (left !== null) await first(clients).remove(key, left.version);
      }
    });

    it(`lets one of ${WRITERS} writers replace each version, so that no count is lost`, async () => {
      const clients = await open(WRITERS);
      const key = { partition: "race", sort: "count" };
      await first(clients).putIfAbsent(key, state(0));
      for (let round = 0; round < 3; round++) {
        const before = await first(clients).get(key);
        const value = before?.value as number;
        const version = before?.version ?? "";
        const puts = await Promise.all(
          clients.map((client) => client.putIfVersion(key, state(value + 1), version)),
        );
        expect(puts.filter(({ outcome }) => outcome === "written")).toHaveLength(1);
        expect((await first(clients).get(key))?.value).toBe(value + 1);
      }
      await Promise.all(clients.map((client) => increment(client, key)));
      expect((await first(clients).get(key))?.value).toBe(3 + WRITERS);
    });
  });
}

/** Adds 1 to a number in a record, whatever others do to it. @returns the number of refused writes */
export async function increment(store: StateStore, key: StateKey): Promise<number> {
  for (let refused = 0; ; refused++) {
    const record = await store.get(key);
    const put =
      record === null
        ? await store.putIfAbsent(key, state(1))
        : await store.putIfVersion(key, state((record.value as number) + 1), record.version);
    if (put.outcome === "written") return refused;
  }
}

const byCodeUnit = (a: string, b: string) => (a < b ? -1 : 1);

function versionOf(put: StatePutOutcome): string {
  if (put.outcome === "refused") throw new Error("The write was refused.");
  return put.version;
}

function first<Item>([item]: readonly Item[]): Item {
  if (item === undefined) throw new Error("The store has no client.");
  return item;
}

function pair<Item>([one, other]: readonly Item[]): readonly [Item, Item] {
  if (one === undefined || other === undefined) throw new Error("The store has fewer than two clients.");
  return [one, other];
}
