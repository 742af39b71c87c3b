import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isArtifactKey, sha256Hex, verifyPublished } from "../src/index.ts";
import { memoryStore } from "../src/store/index.ts";
import { parquet } from "../src/testing/parquet.ts";
import { goldenCases, goldenFiles, goldenFolder } from "./golden-cases.ts";

// What the dataset says about the committed files. tests/golden.test.ts checks that collections publish these bytes.

describe.each(goldenCases)("the golden pair %s", (name) => {
  const files = goldenFiles(name);

  it("contains files under keys of the dataset only", () => {
    expect([...files.keys()].filter((key) => !isArtifactKey(key))).toEqual([]);
  });

  it("contains the bytes that published.sha256 lists", async () => {
    const listed = readFileSync(join(goldenFolder, name, "published.sha256"), "utf8");
    const lines = await Promise.all(
      [...files].map(async ([key, body]) => `${await sha256Hex(body)}  ${key}\n`),
    );
    const keyOf = (line: string) => line.slice(66);
    expect(lines.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)).join("")).toBe(listed);
  });

  it("passes verification", async () => {
    const store = memoryStore();
    for (const [key, body] of files) await store.overwrite(key, { body, contentType: "" });
    const verification = await verifyPublished(store, parquet);
    expect(verification?.faults).toEqual([]);
    expect(verification?.files).toBe(files.size);
  });
});
