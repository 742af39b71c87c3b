import { type ArtifactStore, StoreError } from "@dapanoskop/core/store";
import { describe, expect, it } from "vitest";
import { TREND_FILE } from "../keys/file-kinds.ts";
import { memoryStore } from "../store/index.ts";
import { readIndexToReplace } from "./stored-index.ts";

const trend = { body: new TextEncoder().encode("{}"), contentType: "application/json" };

async function refusalAt(place: string): Promise<StoreError> {
  const store = memoryStore();
  await store.overwrite(TREND_FILE, trend);
  const elsewhere: ArtifactStore = {
    place,
    get: (key) => store.get(key),
    head: (key) => store.head(key),
    list: (prefix) => store.list(prefix),
    putIfAbsent: (key, object) => store.putIfAbsent(key, object),
    putIfMatch: (key, object, etag) => store.putIfMatch(key, object, etag),
  };
  const error = await readIndexToReplace(elsewhere).catch((cause: unknown) => cause);
  if (!(error instanceof StoreError)) throw new Error("It was not refused.");
  return error;
}

describe("an index that will be replaced", () => {
  it("is null where nothing is published", async () => {
    expect(await readIndexToReplace(memoryStore())).toBeNull();
  });

  it("is refused where it was lost, with the way back that the store has", async () => {
    const inBucket = await refusalAt("s3://bills/data/");
    expect(inBucket).toMatchObject({ failure: "corrupt", key: "index.json" });
    expect(inBucket.message).toContain("Restore the previous version of index.json in s3://bills/data/.");
    expect((await refusalAt("/srv/bills")).message).toContain(
      "/srv/bills has every generation under _index/: move the newest one away",
    );
  });
});
