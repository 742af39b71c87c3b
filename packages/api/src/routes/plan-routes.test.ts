import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { aPlan, testApi } from "../testing/index.ts";

const upload = "/plans?project=acme/infra";

describe("plans", () => {
  it("are kept once for a project: the same plan again is the same one", async () => {
    const api = testApi();
    const first = await api.send("alice", "POST", upload, aPlan());
    expect([first.status, first.body.summary]).toMatchObject([
      201,
      {
        project: "acme/infra",
        kind: "plan",
        state: "open",
        counts: { create: 1 },
        cost: { monthly_delta: "8" },
      },
    ]);
    const again = await api.send("alice", "POST", upload, aPlan());
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect(api.files.files()).toHaveLength(1);
    const other = await api.send("alice", "POST", "/plans?project=acme/other", aPlan());
    expect(other.status).toBe(201);
    expect(other.body.summary.id).not.toBe(first.body.summary.id);
  });

  it("are shown and compared, whatever the order of their resources", async () => {
    const api = testApi();
    const one = await api.send("alice", "POST", upload, aPlan({ volumes: ["a", "b"] }));
    const two = await api.send("alice", "POST", upload, aPlan({ volumes: ["c", "b"], gigabytes: 200 }));
    const id = one.body.summary.id;
    expect((await api.send("alice", "GET", `/plans/${id}`)).body.document).toEqual(one.body.document);
    const { body } = await api.send("alice", "GET", `/plans/${id}/comparison?with=${two.body.summary.id}`);
    expect(body).toMatchObject({ is_same_plan: false, monthly_delta_difference: "16" });
    const addresses = (list: { address: string }[]) => list.map(({ address }) => address);
    expect([addresses(body.added), addresses(body.removed), addresses(body.changed)]).toEqual([
      ["aws_ebs_volume.c"],
      ["aws_ebs_volume.a"],
      ["aws_ebs_volume.b"],
    ]);
    const shuffled = await api.send("alice", "POST", upload, aPlan({ volumes: ["b", "a"] }));
    expect([shuffled.status, shuffled.body.summary.id]).toEqual([200, id]);
  });

  it("keep addresses as they are: an index may have dots and spaces", async () => {
    const api = testApi();
    const plan = aPlan();
    const address = 'module.a["k.v"].aws_instance.web["x y"]';
    const changed = { ...plan, resource_changes: plan.resource_changes.map((one) => ({ ...one, address })) };
    const { body } = await api.send("alice", "POST", upload, changed);
    expect(body.document.resources[0].address).toBe(address);
    const shown = await api.send("alice", "GET", `/plans/${body.summary.id}`);
    expect(shown.body.document.resources[0].address).toBe(address);
  });

  it("are kept without what is sensitive: not in the store, the state or an answer", async () => {
    const api = testApi();
    const secret = "hunter2-hunter2";
    const plan = aPlan();
    const [change] = plan.resource_changes;
    const withSecret = {
      ...plan,
      variables: { password: { value: secret } },
      resource_changes: [
        {
          ...change,
          change: {
            ...change?.change,
            after: { ...change?.change.after, snapshot_id: secret },
            after_sensitive: { snapshot_id: true },
          },
        },
      ],
    };
    const { status, text, body } = await api.send("alice", "POST", upload, withSecret);
    expect(status).toBe(201);
    const record = await api.state.list("plan#user:alice");
    const shown = await api.send("alice", "GET", `/plans/${body.summary.id}`);
    const kept = api.files.files().map((file) => new TextDecoder().decode(file));
    expect(kept.join()).toContain("(sensitive)");
    for (const place of [text, shown.text, JSON.stringify(record), ...kept])
      expect(place).not.toContain(secret);
  });

  it("are listed in pages of 20, newest first, by a cursor that only its list opens", async () => {
    const api = testApi();
    for (let at = 0; at < 45; at++) {
      await api.clock.sleep(61_000);
      await api.send("alice", "POST", upload, aPlan({ gigabytes: at + 1 }));
    }
    const sizes: number[] = [];
    const seen: string[] = [];
    const cursors: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const { status, body } = await api.send(
        "alice",
        "GET",
        `/plans?project=acme/infra${cursor && `&cursor=${cursor}`}`,
      );
      expect(status).toBe(200);
      sizes.push(body.items.length);
      seen.push(
        ...body.items.map((plan: { id: string; uploaded_at: string }) => `${plan.uploaded_at} ${plan.id}`),
      );
      cursor = body.next_cursor;
      if (cursor !== null) cursors.push(cursor);
    }
    expect(sizes).toEqual([20, 20, 5]);
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
    const [cursor = ""] = cursors;
    const flipped = cursor.slice(0, 30) + (cursor[30] === "A" ? "B" : "A") + cursor.slice(31);
    for (const [as, path] of [
      ["bob", `/plans?project=acme/infra&cursor=${cursor}`],
      ["alice", `/plans?project=acme/other&cursor=${cursor}`],
      ["alice", `/plans?cursor=${cursor}`],
      ["alice", `/plans?project=acme/infra&cursor=${flipped}`],
      ["alice", "/plans?project=acme/infra&cursor=AAAA"],
      ["alice", `/plans?project=acme/infra&cursor=${btoa('{"after":"x"}').replaceAll("=", "")}`],
    ] as const) {
      expect(await api.send(as, "GET", path)).toMatchObject({ status: 400, body: { error: "bad_request" } });
    }
    expect(cursors.join()).not.toMatch(/acme|alice/);
  });

  it("continue where the page ended, also when its last plan was deleted", async () => {
    const api = testApi();
    for (let at = 0; at < 4; at++) await api.send("alice", "POST", upload, aPlan({ gigabytes: at + 1 }));
    const first = await api.send("alice", "GET", "/plans?limit=2");
    await api.send("alice", "DELETE", `/plans/${first.body.items[1].id}`);
    const second = await api.send("alice", "GET", `/plans?limit=2&cursor=${first.body.next_cursor}`);
    const ids = [...first.body.items, ...second.body.items].map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(4);
    expect(second.body.next_cursor).toBeNull();
  });

  it("are deleted with their file", async () => {
    const api = testApi();
    const { body } = await api.send("alice", "POST", upload, aPlan());
    const path = `/plans/${body.summary.id}`;
    expect(await api.send("alice", "DELETE", path)).toMatchObject({ status: 204, text: "" });
    expect(api.files.files()).toEqual([]);
    expect(await api.state.list("plan#user:alice")).toEqual([]);
    for (const method of ["GET", "DELETE"]) expect((await api.send("alice", method, path)).status).toBe(404);
    expect((await api.send("alice", "POST", upload, aPlan())).status).toBe(201);
  });

  it("are open until they are applied, dropped, replaced or 30 days old", async () => {
    const api = testApi();
    const one = await api.send("alice", "POST", upload, aPlan({ gigabytes: 100 }));
    const open = async () => (await api.send("alice", "GET", "/open-plans")).body;
    expect(await open()).toMatchObject({
      currency: "USD",
      monthly_delta: "8",
      plans: [{ id: one.body.summary.id }],
    });
    await api.clock.sleep(1_000);
    const two = await api.send("alice", "POST", upload, aPlan({ gigabytes: 50 }));
    await api.send("alice", "POST", "/plans?project=b", aPlan({ gigabytes: 500 }));
    expect(await open()).toMatchObject({
      monthly_delta: "44",
      plans: [{ project: "b" }, { project: "acme/infra" }],
    });
    const change = { state: "applied" };
    const settled = await api.send("alice", "PUT", `/plans/${two.body.summary.id}/state`, change);
    expect(settled).toMatchObject({ status: 200, body: { state: "applied", settled_at: api.clock.now() } });
    expect(await open()).toMatchObject({ monthly_delta: "40" });
    await api.send("alice", "PUT", `/plans/${two.body.summary.id}/state`, { state: "open" });
    expect(await open()).toMatchObject({ monthly_delta: "44" });
    await api.clock.sleep(31 * 86_400_000);
    expect(await open()).toEqual({ currency: null, monthly_delta: null, partial: false, plans: [] });
  });

  it("are uploaded, shown, approved and deleted beside one that cannot be read; a list and a sum say that it is there", async () => {
    const api = testApi();
    const key = { partition: "plan#user:alice", sort: "0".repeat(32) };
    await api.state.putIfAbsent(key, { value: { schema: 99 }, expiresAt: null });
    const created = await api.send("alice", "POST", upload, aPlan());
    expect([created.status, created.body.summary.state]).toEqual([201, "open"]);
    const path = `/plans/${created.body.summary.id}`;
    expect((await api.send("alice", "GET", path)).status).toBe(200);
    expect((await api.send("alice", "PUT", `${path}/approval`, { approved: true })).status).toBe(200);
    // What cannot be counted is not left out of a sum.
    for (const all of ["/plans", "/open-plans", `/plans/${key.sort}`]) {
      expect([all, (await api.send("alice", "GET", all)).status]).toEqual([all, 503]);
    }
    expect((await api.send("bob", "GET", "/plans")).status).toBe(200);
    expect((await api.send("alice", "DELETE", path)).status).toBe(204);
  });

  it("are approved by content: a changed plan has no approval", async () => {
    const api = testApi();
    const { body } = await api.send("alice", "POST", upload, aPlan());
    const approve = (approved: boolean) =>
      api.send("alice", "PUT", `/plans/${body.summary.id}/approval`, { approved });
    expect((await approve(true)).body.approval).toEqual({ by: "user:alice", at: api.clock.now() });
    expect((await api.send("alice", "POST", upload, aPlan())).body.summary.approval).not.toBeNull();
    expect(
      (await api.send("alice", "POST", upload, aPlan({ gigabytes: 101 }))).body.summary.approval,
    ).toBeNull();
    expect((await approve(false)).body.approval).toBeNull();
  });
});

describe("an upload", () => {
  const json = { authorization: "alice", "content-type": "application/json" };
  const problem = async (response: Promise<Response>) => {
    const { status, ...answered } = await response.then(async (one) => ({
      status: one.status,
      body: JSON.parse(await one.text()),
    }));
    return [status, answered.body.error];
  };

  it.each([
    ["another format", JSON.stringify({ format_version: "2.0" }), 422, "unsupported_format"],
    ["plan text", "Terraform will perform the following actions:", 415, "unsupported_media_type"],
    ["a binary plan", "PK\u0003\u0004tfplan", 415, "unsupported_media_type"],
    ["too deep", `{"format_version":"1.2","a":${"[".repeat(100)}${"]".repeat(100)}}`, 422, "too_deep"],
  ])("is refused: %s", async (_, body, status, error) => {
    const api = testApi();
    expect(await problem(api.fetch(upload, { method: "POST", headers: json, body }))).toEqual([
      status,
      error,
    ]);
    expect(api.files.files()).toEqual([]);
    expect(api.failures).toEqual([]);
  });

  it("of format 1.9 with unknown keys is accepted", async () => {
    const plan = { ...aPlan(), format_version: "1.9", of_tomorrow: { a: [1] } };
    expect((await testApi().send("alice", "POST", upload, plan)).status).toBe(201);
  });

  it("of another content type says how JSON is made", async () => {
    const response = await testApi().fetch(upload, {
      method: "POST",
      headers: { authorization: "alice", "content-type": "text/plain" },
      body: "plan",
    });
    expect(response.status).toBe(415);
    const { message }: { message: string } = JSON.parse(await response.text());
    expect(message).toContain("terraform show -json plan.bin > plan.json");
  });

  it("of 5 MB is accepted and of 40 MB refused, plain or compressed", async () => {
    const api = testApi();
    const withBytes = (bytes: number) =>
      JSON.stringify({ ...aPlan(), ballast: "x".repeat(bytes - JSON.stringify(aPlan()).length - 20) });
    const large = withBytes(5_000_000);
    expect((await api.fetch(upload, { method: "POST", headers: json, body: large })).status).toBe(201);
    const zipped = { method: "POST", headers: { ...json, "content-encoding": "gzip" } };
    expect((await api.fetch(upload, { ...zipped, body: gzipSync(large) })).status).toBe(200);
    const huge = withBytes(40_000_000);
    for (const response of [
      api.fetch(upload, { method: "POST", headers: json, body: huge }),
      api.fetch(upload, { ...zipped, body: gzipSync(huge) }),
    ]) {
      expect(await (await response).json()).toMatchObject({
        error: "too_large",
        message: expect.stringMatching(/^The body is larger than 10,000,000 bytes/),
      });
    }
  });

  it("that says gzip and is none, or says another encoding, is refused", async () => {
    const api = testApi();
    const sent = (encoding: string, body: string | Uint8Array<ArrayBuffer>) =>
      problem(
        api.fetch(upload, { method: "POST", headers: { ...json, "content-encoding": encoding }, body }),
      );
    expect((await sent("gzip", "no"))[0]).toBe(400);
    expect((await sent("br", "no"))[0]).toBe(415);
    const cut = new Uint8Array(gzipSync(JSON.stringify(aPlan())).subarray(0, 100));
    expect((await sent("gzip", cut))[0]).toBe(400);
    expect(api.failures).toEqual([]);
  });

  it("without a region asks for one, and takes it", async () => {
    const api = testApi();
    const { configuration: _, ...plan } = aPlan();
    const [change] = plan.resource_changes;
    const nowhere = {
      ...plan,
      resource_changes: [{ ...change, change: { ...change?.change, after: { size: 1, type: "gp3" } } }],
    };
    expect(await api.send("alice", "POST", upload, nowhere)).toMatchObject({
      status: 422,
      body: { error: "unknown_region" },
    });
    const named = await api.send("alice", "POST", `${upload}&region=us-east-1`, nowhere);
    expect([named.status, named.body.document.resources[0].region]).toEqual([201, "us-east-1"]);
  });

  it("is limited to 60 in a minute of one owner", async () => {
    const api = testApi();
    for (let at = 0; at < 60; at++)
      expect((await api.send("alice", "POST", upload, aPlan())).status).toBeLessThan(300);
    const refused = await api.send("alice", "POST", upload, aPlan());
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
    expect((await api.send("bob", "POST", upload, aPlan())).status).toBe(201);
    await api.clock.sleep(60_000);
    expect((await api.send("alice", "POST", upload, aPlan())).status).toBe(200);
  });
});
