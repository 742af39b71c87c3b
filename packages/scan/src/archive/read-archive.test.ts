import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { archiveOf, inChunks } from "../testing/archives.ts";
import { archiveLimits, readArchive } from "./read-archive.ts";

const read = (bytes: Uint8Array, limits = archiveLimits) => readArchive(inChunks(bytes), "acme/web", limits);

describe("an archive", () => {
  it("gives the configuration files without the archive's own folder", async () => {
    const { files, skipped } = await read(
      await archiveOf([
        { name: "acme-web-1a2b/", type: "directory" },
        { name: "acme-web-1a2b/main.tf", text: "a" },
        { name: "acme-web-1a2b/live/web/x.tf.json", text: "{}" },
        { name: "acme-web-1a2b/live/.terraform/modules/y.tf", text: "b" },
        { name: "acme-web-1a2b/README.md", text: "c".repeat(3_000) },
        { name: "acme-web-1a2b/terraform.tfvars", text: "d" },
      ]),
    );
    expect(files).toEqual([
      { path: "main.tf", text: "a" },
      { path: "live/web/x.tf.json", text: "{}" },
      { path: "terraform.tfvars", text: "d" },
    ]);
    expect(skipped).toEqual([]);
  });

  it("leaves out links and large files by name", async () => {
    const { files, skipped } = await read(
      await archiveOf([
        { name: "r/main.tf", text: "a" },
        { name: "r/link.tf", type: "symlink", linkname: "../../../etc/hostname" },
        { name: "r/hard.tf", type: "link", linkname: "r/main.tf" },
        { name: "r/large.tf", text: "#".repeat(1_000_001) },
        { name: "r/last.tf", text: "z" },
      ]),
    );
    expect(files.map(({ path }) => path)).toEqual(["main.tf", "last.tf"]);
    expect(skipped).toEqual([
      { path: "link.tf", why: "it is a link" },
      { path: "hard.tf", why: "it is a link" },
      { path: "large.tf", why: "it is larger than 1 MB" },
    ]);
  });

  it("has its own limits, and files of exactly these are read", async () => {
    expect(archiveLimits).toEqual({ bytes: 200_000_000, unpackedBytes: 2_000_000_000, entries: 500_000 });
    const long = `r/${"a".repeat(995)}.tf`;
    const bytes = await archiveOf([
      { name: "r/large.tf", text: "#".repeat(1_000_000) },
      { name: long, text: "a" },
    ]);
    // The whole stream, with the padding and the end of a tar.
    const unpackedBytes = gunzipSync(bytes).length;
    const exact = { bytes: bytes.length, unpackedBytes, entries: 2 };
    const { files, skipped } = await read(bytes, exact);
    expect([files.map(({ path }) => path.length), skipped]).toEqual([["large.tf".length, 998], []]);
    for (const [name, limit] of Object.entries(exact)) {
      await expect(read(bytes, { ...exact, [name]: limit - 1 })).rejects.toMatchObject({
        failure: "too-large",
      });
    }
  });

  it("refuses more than 100 MB of configuration files", async () => {
    // Lines that do not pack too well, in a file of 1 MB whose packed bytes are repeated: gzip takes parts one after another.
    let state = 1;
    const lines = Array.from({ length: 14_000 }, () => {
      state = (state * 48_271) % 2_147_483_647;
      return `${String(state).padEnd(80)}\n`;
    });
    const entry = async (text: string) =>
      gzipSync(gunzipSync(await archiveOf([{ name: "r/a.tf", text }])).subarray(0, -1_024));
    const large = await entry(lines.join("").slice(0, 1_000_000));
    const exact = Buffer.concat(Array(100).fill(large));
    expect((await readArchive(inChunks(exact, 65_536), "acme/web")).files).toHaveLength(100);
    const more = Buffer.concat([exact, await entry("a")]);
    await expect(readArchive(inChunks(more, 65_536), "acme/web")).rejects.toThrow(
      "more than 20000 configuration files or 100 MB of them",
    );
  });

  it.each(["r/../../out.tf", "/out.tf", `r/${"a".repeat(1_000)}.tf`])("refuses the path %#", async (name) => {
    await expect(read(await archiveOf([{ name, text: "a" }]))).rejects.toThrow(/leads out of it/);
  });

  it("refuses content that unpacks to far more than its size", async () => {
    const bytes = await archiveOf([{ name: "r/a.md", text: "\0".repeat(20_000_000) }]);
    expect(bytes.length).toBeLessThan(100_000);
    await expect(read(bytes)).rejects.toThrow(/unpacks to more than 100 times/);
  });

  it.each([
    [{ ...archiveLimits, bytes: 100 }, /more than 0.0001 MB\./],
    [{ ...archiveLimits, unpackedBytes: 3_000 }, /more than 0.003 MB of content/],
    [{ ...archiveLimits, entries: 2 }, /more than 2 files/],
  ])("refuses more than its limits: %#", async (limits, message) => {
    const text = Array.from({ length: 2_000 }, (_, at) =>
      String.fromCharCode(32 + ((at * at * 7) % 90)),
    ).join("");
    const bytes = await archiveOf([1, 2, 3].map((at) => ({ name: `r/${at}.tf`, text })));
    await expect(read(bytes, limits)).rejects.toThrow(message);
  });

  it.each([
    ["no gzip", Buffer.from("not an archive")],
    ["no tar", gzipSync("not a tar".repeat(200))],
    ["nothing", Buffer.alloc(0)],
    ["no entry", gzipSync(Buffer.alloc(1_024))],
  ])("says of %s that it is damaged", async (_name, bytes) => {
    await expect(read(bytes)).rejects.toThrow(/acme\/web is damaged or not a \.tar\.gz/);
  });

  it("says of half an archive that it is damaged", async () => {
    const bytes = await archiveOf([{ name: "r/a.tf", text: "a".repeat(5_000) }]);
    await expect(read(bytes.subarray(0, bytes.length / 2))).rejects.toThrow(/damaged/);
  });
});
