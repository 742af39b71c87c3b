import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { aPlan, testApi } from "../testing/index.ts";

const plan = (name: string) =>
  readFile(new URL(`../../../../tests/plans/json/${name}.json`, import.meta.url), "utf8");
const upload = "/drift?project=acme/infra&region=eu-central-1";

describe("drift", () => {
  it("of a real plan is recorded, listed by resource, and resolved by the next clean scan", async () => {
    const api = testApi();
    const scanned = await api.send("alice", "POST", upload, await plan("drifted-refresh-only"));
    expect(scanned).toMatchObject({
      status: 201,
      body: { project: "acme/infra", status: "drift", reason: null },
    });
    const { items } = (await api.send("alice", "GET", "/drift?project=acme/infra")).body;
    expect(items.length).toBeGreaterThan(0);
    expect(items[0]).toMatchObject({ project: "acme/infra", first_seen: api.clock.now(), resolved_at: null });
    expect((await api.send("alice", "GET", "/drift")).body.items).toEqual(items);
    const addresses = items.map((one: { address: string }) => one.address);
    expect(addresses.length).toBeGreaterThan(1);
    expect(addresses).toEqual(addresses.toSorted());
    await api.clock.sleep(60_000);
    const clean = await api.send("alice", "POST", upload, aPlan());
    expect(clean.body).toMatchObject({ status: "no_drift" });
    const after = (await api.send("alice", "GET", "/drift?project=acme/infra")).body.items;
    expect(after.map((one: { resolved_at: string }) => one.resolved_at)).toEqual(
      items.map(() => api.clock.now()),
    );
  });

  it("is not known where a scan failed: the last good one stays, and nothing is resolved", async () => {
    const api = testApi();
    await api.send("alice", "POST", upload, await plan("drifted-refresh-only"));
    const before = (await api.send("alice", "GET", "/drift")).body.items;
    await api.clock.sleep(60_000);
    const failure = { project: "acme/infra", reason: "terraform init failed: no credentials" };
    const failed = await api.send("alice", "POST", "/drift/failures", failure);
    expect(failed).toMatchObject({
      status: 201,
      body: { status: "failed", reason: failure.reason, counts: null },
    });
    await api.clock.sleep(60_000);
    const errored = await api.send("alice", "POST", upload, { ...aPlan(), errored: true });
    expect(errored.body).toMatchObject({ status: "failed", monthly_delta: null });
    expect((await api.send("alice", "GET", "/drift")).body.items).toEqual(before);
    expect((await api.send("alice", "GET", "/drift/projects")).body.items).toMatchObject([
      { project: "acme/infra", latest: { status: "failed" }, last_good: { status: "drift" } },
    ]);
  });

  it.each([
    ["letters", "x".repeat(310_000)],
    ["letters of three bytes", "\u8cbb".repeat(101_000)],
  ])(
    "that no record can keep, of a name with %s, is refused with a sentence and leaves nothing",
    async (_, name) => {
      const api = testApi();
      const drifted = JSON.parse(await plan("drifted-refresh-only"));
      const changed = drifted.resource_drift.find((one: { type: string }) => one.type === "aws_instance");
      const long = { ...changed, address: `aws_instance.web["${name}"]`, index: name };
      const body = { ...drifted, resource_drift: [...drifted.resource_drift, long] };
      expect(await api.send("alice", "POST", upload, body)).toMatchObject({
        status: 413,
        body: {
          error: "too_large",
          message: expect.stringMatching(/a record of more than 300 kB.*Split the root module/),
        },
      });
      expect((await api.send("alice", "GET", "/drift/projects")).body.items).toEqual([]);
      expect((await api.send("alice", "GET", "/drift")).body.items).toEqual([]);
      expect(await api.state.list("drift#user:alice#acme/infra")).toEqual([]);
      expect((await api.send("alice", "POST", upload, drifted)).status).toBe(201);
      expect(await api.state.list("drift#user:alice#acme/infra")).not.toEqual([]);
    },
  );

  it("that a rule accepts is counted as ignored from the next scan on", async () => {
    const api = testApi();
    const drifted = await plan("drifted-refresh-only");
    const first = await api.send("alice", "POST", upload, drifted);
    const rule = { project: "acme/infra", rule: "*: *" };
    const added = await api.send("alice", "POST", "/drift/ignore-rules", rule);
    expect(added).toMatchObject({ status: 201, body: rule });
    expect((await api.send("alice", "POST", "/drift/ignore-rules", rule)).body).toEqual(added.body);
    const path = "/drift/ignore-rules?project=acme/infra";
    expect((await api.send("alice", "GET", path)).body.items).toEqual([added.body]);
    await api.clock.sleep(60_000);
    const second = await api.send("alice", "POST", upload, drifted);
    const total = (counts: Record<string, number>) =>
      Object.values(counts).reduce((sum, one) => sum + one, 0);
    expect(second.body.counts).toEqual({
      cost: 0,
      allocation: 0,
      other: 0,
      ignored: total(first.body.counts),
    });
    const one = `/drift/ignore-rules/${added.body.id}?project=acme/infra`;
    expect((await api.send("bob", "DELETE", one)).status).toBe(404);
    expect((await api.send("alice", "DELETE", one)).status).toBe(204);
    expect((await api.send("alice", "DELETE", one)).status).toBe(404);
  });

  it.each([
    ["no rule", { project: "a", rule: "aws_instance" }],
    ["no project", { project: "", rule: "*: tags" }],
    ["another field", { project: "a", rule: "*: tags", owner: "user:bob" }],
  ])("has no rule that is none: %s", async (_, body) => {
    expect((await testApi().send("alice", "POST", "/drift/ignore-rules", body)).status).toBe(400);
  });
});

describe("a scan of files", () => {
  it("finds resources without the tag, with file and line, and reads no other files", async () => {
    const api = testApi();
    const files = [
      { path: "a/main.tf", text: 'resource "aws_s3_bucket" "logs" {\n  bucket = "logs"\n}\n' },
      { path: "d/readme.md", text: "no" },
      { path: "../../etc/main.tf", text: 'resource "aws_s3_bucket" "x" {}' },
    ];
    const { status, body } = await api.send("alice", "POST", "/scans", { files });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      tag_key: "App",
      roots: [{ path: "a", untagged: 1 }],
      findings: [{ kind: "untagged", address: "aws_s3_bucket.logs", file: "a/main.tf", line: 1 }],
      skipped: [{ path: "d/readme.md" }, { path: "../../etc/main.tf" }],
    });
  });
});
