import { mkdtemp, readdir, rm } from "node:fs/promises";
import { request as send } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { aPlan } from "@dapanoskop/api/testing";
import { testRuntime } from "@dapanoskop/core/testing";
import { memoryStore } from "@dapanoskop/dataset/store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPlanStorage } from "../store.ts";
import { listen, type RunningServer } from "./listen.ts";
import { localApi } from "./local-api.ts";

let folder = "";
let serving: RunningServer;
const errors: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dapanoskop-api-"));
  const store = memoryStore({ place: "here" });
  const storage = await openPlanStorage(join(folder, "state"));
  const err = { write: (text: string) => void errors.push(text), isTerminal: false, columns: 80 };
  serving = await listen(store, 0, localApi({ ...storage, store, bill: null, runtime: testRuntime(), err }));
});
afterAll(async () => {
  await serving.close();
  await rm(folder, { recursive: true, force: true });
});

interface Raw {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request whose headers are as they are given: fetch sets its own host and origin. */
function raw({
  method = "GET",
  path,
  headers = {},
  body = "",
}: Raw): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port: serving.port, method, path, headers };
    const sent = send(options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const json = { "content-type": "application/json" };
const upload: Raw = {
  method: "POST",
  path: "/api/plans?project=acme/infra",
  headers: json,
  body: JSON.stringify(aPlan()),
};

describe("the API of serve", () => {
  it("keeps plans of the owner `local` in the folder of state, without a sign-in", async () => {
    expect((await raw(upload)).status).toBe(201);
    expect(JSON.parse((await raw({ path: "/api/plans" })).text).items).toHaveLength(1);
    expect((await readdir(join(folder, "state"))).sort()).toEqual(["limit_23local", "plan_23local", "plans"]);
    const status = JSON.parse((await raw({ path: "/api/status" })).text);
    expect(status).toMatchObject({ owners: ["local"], scopes: ["plans", "read", "write"], data: null });
  });

  it("tells the page that it is there", async () => {
    expect((await raw({ path: "/config.json" })).text).toBe('{"api":true}\n');
  });

  it("answers only to the names of this machine: a name that resolves to it is another site's", async () => {
    for (const host of ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80"]) {
      expect((await raw({ path: "/api/plans", headers: { host } })).status, host).toBe(403);
      expect((await raw({ ...upload, headers: { ...json, host } })).status, host).toBe(403);
    }
  });

  it("changes nothing for a page of another origin", async () => {
    const own = `http://127.0.0.1:${serving.port}`;
    const host = `127.0.0.1:${serving.port}`;
    const { text } = await raw({ path: "/api/plans" });
    const [{ id }] = JSON.parse(text).items;
    const path = `/api/plans/${id}`;
    for (const headers of [
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: `https://${host}` },
      { origin: `http://localhost:${serving.port}` },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
    ]) {
      const refused = await raw({
        method: "DELETE",
        path,
        headers: { host, ...headers } as Record<string, string>,
      });
      expect([headers, refused.status]).toEqual([headers, 403]);
    }
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "",
    ]) {
      const headers = { host, origin: own, "content-type": type };
      expect((await raw({ ...upload, headers })).status, type).toBe(415);
    }
    expect((await raw({ path })).status).toBe(200);
    expect((await raw({ method: "DELETE", path, headers: { host, origin: own } })).status).toBe(204);
  });

  it("answers no preflight", async () => {
    const headers = { origin: "https://evil.example", "access-control-request-method": "DELETE" };
    const response = await fetch(`${serving.url}api/plans`, { method: "OPTIONS", headers });
    expect(response.status).not.toBe(200);
    expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });

  it("survives requests that fetch cannot read", async () => {
    for (const one of [
      { method: "TRACE", path: "/api/plans" },
      { path: "/api//evil.example" },
      { path: "/api/%" },
      { path: "/api/%00" },
      { path: "/api" },
      { path: "/api/../data/index.json" },
    ]) {
      expect([400, 404, 405]).toContain((await raw(one)).status);
    }
    expect((await raw({ path: "/api/status" })).status).toBe(200);
    expect(errors).toEqual([]);
  });

  it.each([
    "/api/budgets/../plans",
    "/api/budgets/%2e%2e/plans",
    "/api/./plans",
    "/api/pl%61ns",
    "/api/plans/",
    "/api//plans",
    "/api/plans;x",
    "/api/Plans",
  ])("answers one address by one text: not %s", async (path) => {
    expect((await raw({ path })).status).toBe(404);
  });

  it("stops reading a body that is too large", async () => {
    const response = raw({ ...upload, body: "x".repeat(11_000_000) });
    // The server may close the connection before all of it was sent.
    const status = await response.then(
      (answer) => answer.status,
      () => 413,
    );
    expect(status).toBe(413);
    expect((await raw({ path: "/api/status" })).status).toBe(200);
  });

  it("does not hide the published files", async () => {
    expect((await raw({ path: "/data/index.json" })).status).toBe(404);
    expect((await raw({ method: "POST", path: "/data/index.json" })).status).toBe(405);
    expect((await raw({ path: "/apis" })).text).not.toContain("error");
  });
});
