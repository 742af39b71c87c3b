import { describe, expect, it } from "vitest";
import { memoryStore } from "./memory-store.ts";
import { artifactStoreContract } from "./testing/index.ts";

for (const metadata of [true, false]) {
  artifactStoreContract(
    { describe, it, expect },
    {
      name: metadata ? "memory" : "memory that keeps no metadata, as a folder",
      metadata,
      open: async (clients) => {
        const store = memoryStore({ metadata });
        return Array.from({ length: clients }, () => store);
      },
    },
  );
}

describe("the in-memory store", () => {
  it("derives etags from contents, so that the same bytes have the same etag again, as on S3", async () => {
    const store = memoryStore();
    const put = (body: string) =>
      store.overwrite("trend.json", { body: new TextEncoder().encode(body), contentType: "x" });
    const etag = async () => (await store.head("trend.json"))?.etag;
    await put("a");
    const before = await etag();
    await put("b");
    expect(await etag()).not.toBe(before);
    await put("a");
    expect(await etag()).toBe(before);
  });

  it("calls its hooks before and after every call", async () => {
    const calls: string[] = [];
    const store = memoryStore({
      hooks: {
        before: ({ verb, key }) => void calls.push(`${verb} ${key}`),
        after: ({ verb }, answer) => void calls.push(`${verb} answered ${JSON.stringify(answer)}`),
      },
    });
    await store.head("trend.json");
    await store.list("2026");
    expect(calls).toEqual(["head trend.json", "head answered null", "list 2026", "list answered []"]);
  });

  it("refuses a body that does not arrive as it was sent", async () => {
    const store = memoryStore();
    const put = store.putIfAbsent("trend.json", {
      body: new Uint8Array(1),
      contentType: "application/json",
      sha256: "0".repeat(64),
    });
    await expect(put).rejects.toMatchObject({ failure: "corrupt", key: "trend.json" });
    expect(await store.get("trend.json")).toBeNull();
  });
});
