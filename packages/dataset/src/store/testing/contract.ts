import { type ArtifactStore, StoreError } from "@dapanoskop/core/store";
import { runIdOf } from "./run-id-of.ts";

/** The parts of vitest that the suite uses; an argument, so that this file does not load vitest. */
export type Vitest = Pick<typeof import("vitest"), "describe" | "it" | "expect">;

export interface StoreUnderTest {
  readonly name: string;
  /** Opens a new, empty store with so many clients: each is a connection of its own to the same objects. */
  open(clients: number): Promise<readonly ArtifactStore[]>;
  readonly metadata: boolean;
  /** Parallel writers in a race. */
  readonly writers?: number;
}

const RUN = runIdOf(0xbee);
const INDEX = "index.json";
const STABLE = "2026-03/summary.json";
const STAGED = `_runs/${RUN}/2026-03/cost-by-workload.parquet`;
const SHARED = `_runs/${RUN}/trend-3.json`;
const KEYS = [INDEX, STABLE, "trend.json", STAGED, SHARED];

const HOSTILE = [
  "",
  "/",
  "..",
  ".",
  "../index.json",
  "/index.json",
  "/etc/passwd",
  "index.json/",
  "index.json\0",
  "INDEX.JSON",
  "_index/1.json",
  "2026-03",
  "2026-03/",
  "2026-03/..",
  "2026-03/../index.json",
  "2026-03\\summary.json",
  "..\\index.json",
  "2026-13/summary.json",
  "2026-3/summary.json",
  "2026-03/summary.json/x",
  "2026-03/web.json",
  "2026-03/__proto__",
  "__proto__/summary.json",
  "_runs",
  "_runs/..",
  "_runs/x/2026-03/summary.json",
  `_runs/${RUN}/../index.json`,
  `_runs/${RUN}/2026-03/../summary.json`,
  `_runs/${RUN}/trend.json`,
  `_runs/${RUN}/trend-0.json`,
  `_runs/${RUN}/trend-1e3.json`,
  `_runs/${RUN.toUpperCase()}/2026-03/summary.json`,
  "2026-03/summary.json%00",
  "２０２６-03/summary.json",
  `2026-03/${"x".repeat(10_000)}`,
  "C:\\index.json",
  "config.json",
];

/** What every `ArtifactStore` must do. One suite, run against memory, a folder and S3. */
export function artifactStoreContract(
  { describe, it, expect }: Vitest,
  { name, open, ...traits }: StoreUnderTest,
) {
  const { metadata, writers = 8 } = traits;

  async function openOne(): Promise<ArtifactStore> {
    return first(await open(1));
  }

  describe(`an artifact store: ${name}`, () => {
    it("gives null for a key that was never written", async () => {
      const store = await openOne();
      for (const key of KEYS) {
        expect(await store.get(key)).toBeNull();
        expect(await store.head(key)).toBeNull();
      }
      expect(await store.list("")).toEqual([]);
      expect(store.place).not.toBe("");
    });

    it.each(KEYS)("gives back what was written under %s, to every client", async (key) => {
      const [store, other] = pair(await open(2));
      const put = await store.putIfAbsent(key, json("the bill"));
      const found = await other.get(key);
      const head = await other.head(key);
      expect(text(found?.body)).toBe("the bill");
      expect(found?.bytes).toBe(8);
      expect(head).toMatchObject({ etag: found?.etag, bytes: 8 });
      expect(put).toEqual({ outcome: "written", etag: found?.etag });
      expect(head?.sha256 ?? null).toSatisfy((hash: string | null) => hash === null || hash === THE_BILL);
    });

    it.each(KEYS)("writes %s if absent once only", async (key) => {
      const store = await openOne();
      await store.putIfAbsent(key, json("first"));
      expect(await store.putIfAbsent(key, json("second"))).toEqual({ outcome: "refused" });
      expect(await store.putIfAbsent(key, json("first"))).toEqual({ outcome: "refused" });
      expect(text((await store.get(key))?.body)).toBe("first");
    });

    it.each(KEYS)("replaces %s with the current etag only, and refuses a stale etag", async (key) => {
      const store = await openOne();
      const one = etagOf(await store.putIfAbsent(key, json("one")));
      const two = etagOf(await store.putIfMatch(key, json("two"), one));
      expect(two).not.toBe(one);
      expect(await store.putIfMatch(key, json("three"), one)).toEqual({ outcome: "refused" });
      expect(await store.putIfMatch(key, json("three"), "")).toEqual({ outcome: "refused" });
      expect(await store.putIfMatch(key, json("three"), "*")).toEqual({ outcome: "refused" });
      expect(text((await store.get(key))?.body)).toBe("two");
      expect((await store.head(key))?.etag).toBe(two);
      expect((await store.putIfMatch(key, json("three"), two)).outcome).toBe("written");
      expect(text((await store.get(key))?.body)).toBe("three");
    });

    it.each(KEYS)("does not create %s by replacing it", async (key) => {
      const store = await openOne();
      const elsewhere = key === STABLE ? STAGED : STABLE;
      const etag = etagOf(await store.putIfAbsent(elsewhere, json("the bill")));
      expect(await store.putIfMatch(key, json("the bill"), etag)).toEqual({ outcome: "refused" });
      expect(await store.get(key)).toBeNull();
    });

    it("keeps an empty file, every byte value, and a parquet of some megabytes", async () => {
      const store = await openOne();
      const everyByte = Uint8Array.from({ length: 256 }, (_, at) => at);
      const large = new Uint8Array(5_000_000).fill(7);
      large[4_999_999] = 9;
      const bodies = [new Uint8Array(), everyByte, large];
      for (const [at, body] of bodies.entries()) {
        const key = `2026-0${at + 1}/cost-by-usage-type.parquet`;
        await store.putIfAbsent(key, { body, contentType: "application/vnd.apache.parquet" });
        const found = await store.get(key);
        expect(found?.bytes).toBe(body.length);
        expect(Buffer.compare(found?.body ?? everyByte, body)).toBe(0);
      }
    });

    it("does not change when a caller changes the bytes that it passed or got", async () => {
      const store = await openOne();
      const body = bytes("the bill");
      await store.putIfAbsent(STABLE, { body, contentType: "application/json" });
      body.fill(0);
      (await store.get(STABLE))?.body.fill(0);
      expect(text((await store.get(STABLE))?.body)).toBe("the bill");
    });

    it("lists keys by any prefix, sorted, and nothing else", async () => {
      const store = await openOne();
      const other = `_runs/${runIdOf(2)}/2026-02/summary.json`;
      for (const key of [
        STABLE,
        SHARED,
        INDEX,
        "2026-03/cost-by-workload.parquet",
        STAGED,
        other,
        "trend.json",
      ]) {
        await store.putIfAbsent(key, json(key));
      }
      expect(await store.list("")).toEqual(
        ["2026-03/cost-by-workload.parquet", STABLE, STAGED, SHARED, other, INDEX, "trend.json"].sort(),
      );
      expect(await store.list("2026-03/")).toEqual(["2026-03/cost-by-workload.parquet", STABLE]);
      expect(await store.list("2026")).toEqual(["2026-03/cost-by-workload.parquet", STABLE]);
      expect(await store.list("2026-03/summary.json")).toEqual([STABLE]);
      expect(await store.list(`_runs/${RUN}/`)).toEqual([STAGED, SHARED].sort());
      expect(await store.list("_runs")).toEqual([STAGED, SHARED, other].sort());
      expect(await store.list("2025")).toEqual([]);
      for (const prefix of ["/", "..", "../", "./", "\0", "_runs/..", "2026-03/../", "\\", "__proto__"]) {
        expect(await store.list(prefix)).toEqual([]);
      }
    });

    it.runIf(metadata)("keeps the metadata of each writing, and gives it with head and get", async () => {
      const store = await openOne();
      const etag = etagOf(
        await store.putIfAbsent(STABLE, { ...json("one"), metadata: { generation: "1", "run-id": RUN } }),
      );
      expect((await store.head(STABLE))?.metadata).toEqual({ generation: "1", "run-id": RUN });
      await store.putIfMatch(STABLE, { ...json("two"), metadata: { generation: "2" } }, etag);
      expect((await store.head(STABLE))?.metadata).toEqual({ generation: "2" });
      expect((await store.get(STABLE))?.metadata).toEqual({ generation: "2" });
    });

    it.runIf(!metadata)("keeps no metadata, and gives the SHA-256 of every file instead", async () => {
      const store = await openOne();
      await store.putIfAbsent(STABLE, { ...json("abc"), metadata: { generation: "1" } });
      const sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
      expect(await store.head(STABLE)).toMatchObject({ metadata: {}, sha256 });
      expect(await store.get(STABLE)).toMatchObject({ metadata: {}, sha256 });
    });

    it("refuses every hostile key in every verb, and writes nothing for it", async () => {
      const store = await openOne();
      for (const key of HOSTILE) {
        const verbs = [
          () => store.get(key),
          () => store.head(key),
          () => store.putIfAbsent(key, json("owned")),
          () => store.putIfMatch(key, json("owned"), "etag"),
        ];
        for (const verb of verbs) {
          const refusal = await verb().catch((error: unknown) => error);
          expect(refusal, JSON.stringify(key.slice(0, 80))).toBeInstanceOf(StoreError);
          expect(refusal).toMatchObject({ failure: "bad-key" });
        }
      }
      expect(await store.list("")).toEqual([]);
    });

    it.each(KEYS)("lets exactly one of many writers create %s", async (key) => {
      const clients = await open(writers);
      const puts = await Promise.all(
        clients.map((client, at) => client.putIfAbsent(key, json(`writer ${at}`))),
      );
      const winners = puts.flatMap(({ outcome }, at) => (outcome === "written" ? [at] : []));
      expect(winners).toHaveLength(1);
      for (const client of clients) expect(text((await client.get(key))?.body)).toBe(`writer ${winners[0]}`);
    });

    it("lets exactly one of many writers replace each index", async () => {
      const clients = await open(writers);
      let etag = etagOf(await first(clients).putIfAbsent(INDEX, json("generation 0")));
      for (let generation = 1; generation <= 5; generation++) {
        const puts = await Promise.all(
          clients.map((client, at) =>
            client.putIfMatch(INDEX, json(`generation ${generation} by ${at}`), etag),
          ),
        );
        const winners = puts.flatMap((put, at) => (put.outcome === "written" ? [at] : []));
        expect(winners).toHaveLength(1);
        const found = await first(clients).get(INDEX);
        expect(text(found?.body)).toBe(`generation ${generation} by ${winners[0]}`);
        etag = found?.etag ?? "";
      }
    });

    it("gives a complete index to a reader while it is being replaced", async () => {
      const [writer, reader] = pair(await open(2));
      let etag = etagOf(await writer.putIfAbsent(INDEX, json("0".repeat(50_000))));
      let writing = true;
      const seen = new Set<string>();
      const reading = (async () => {
        while (writing) {
          const body = text((await reader.get(INDEX))?.body);
          expect(body).toHaveLength(50_000);
          expect(new Set(body).size).toBe(1);
          seen.add(body.slice(0, 1));
          // A store that answers at once must let the writer run, too.
          await new Promise((resolve) => setTimeout(resolve, 0));
        }
      })();
      for (let generation = 1; generation <= 9; generation++) {
        etag = etagOf(await writer.putIfMatch(INDEX, json(`${generation}`.repeat(50_000)), etag));
      }
      writing = false;
      await reading;
      expect(seen.size).toBeGreaterThan(0);
    });
  });
}

// SHA-256 of "the bill".
const THE_BILL = "4d39aea773b1471522bfd93ba5b466e5118a781c81430627c949259b58af3f70";

const bytes = (content: string) => new TextEncoder().encode(content);
const text = (body: Uint8Array | undefined) => new TextDecoder().decode(body);
const json = (content: string) => ({ body: bytes(content), contentType: "application/json" });

function etagOf(put: { readonly outcome: string; readonly etag?: string }): string {
  if (put.etag === undefined) throw new Error(`The put was ${put.outcome}.`);
  return put.etag;
}

function first(clients: readonly ArtifactStore[]): ArtifactStore {
  const [client] = clients;
  if (client === undefined) throw new Error("The store under test opened no client.");
  return client;
}

function pair(clients: readonly ArtifactStore[]): readonly [ArtifactStore, ArtifactStore] {
  return [first(clients), first(clients.slice(1))];
}
