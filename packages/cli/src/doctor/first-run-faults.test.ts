import { findingIds } from "@dapanoskop/doctor";
import { describe, expect, it, vi } from "vitest";
import { selfSigned } from "../../../../tests/support/self-signed.ts";
import { dapanoskop } from "../testing/run-command.ts";
import { AT, anAccount } from "./testing/an-account.ts";
import { bucketStandIn } from "./testing/bucket-stand-in.ts";
import { firstRunFaults } from "./testing/first-run-faults.ts";

// What goes wrong on first runs, each produced over the wire by the emulator or a stand-in: the finding, and its next step.

interface FindingOfJson {
  readonly id: string;
  readonly level: string;
  readonly text: string;
  readonly next: string | null;
}

async function doctor(...argv: readonly string[]) {
  const { code, out, err } = await dapanoskop(["doctor", "--at", AT, "--json", ...argv], { at: AT });
  expect(err).toBe("");
  // Nothing secret, and no ARN, which names a session.
  expect(out).not.toMatch(/secretAccessKeyOfATest|AKIAEXAMPLE|arn:aws|tokenOfATest|proxyPassword/);
  const { findings, requests } = JSON.parse(out) as {
    readonly findings: readonly FindingOfJson[];
    readonly requests: { readonly made: number };
  };
  for (const { id, level, text, next } of findings) {
    expect(findingIds, id).toContain(id);
    expect(text, id).toMatch(/^[A-Z].*[.)"]$/su);
    if (level !== "ok") expect(next, id).toMatch(/^[A-Z].*[.)]$/su);
  }
  return { code, findings, requests: requests.made, ids: findings.map(({ id }) => id) };
}

describe("dapanoskop doctor on a first run", () => {
  it.each(firstRunFaults)(
    "says the next step: $fault",
    async ({ finding, level = "blocks", next, setUp, account, bucket, argv = [], paid }) => {
      if (account !== undefined) await anAccount(account);
      await setUp?.(selfSigned(new Date()));
      const store = bucket === undefined ? [] : ["--store", "s3://bucket-of-ours"];
      if (bucket !== undefined) vi.stubEnv("AWS_ENDPOINT_URL_S3", (await bucketStandIn(bucket)).url);
      const { code, findings, requests, ids } = await doctor(...store, ...argv);
      const found = findings.find(({ id }) => id === finding);
      expect(found, ids.join(", ")).toMatchObject({ level, next: expect.stringMatching(next) });
      expect(code).toBe(findings.some((one) => one.level === "blocks") ? 1 : 0);
      if (level === "blocks") {
        expect(code).toBe(1);
        // What explains comes first: nothing that is less urgent stands before it.
        expect(findings[0]?.level).toBe("blocks");
      }
      if (paid !== undefined) expect(requests).toBe(paid);
    },
    30_000,
  );

  it.each([
    [null, null],
    ["ignores If-None-Match", "(If-None-Match)"],
    ["ignores conditions", "(If-Match)"],
  ] as const)("asks a bucket for both conditions, by one object of its own: %s", async (fault, named) => {
    await anAccount({});
    const bucket = await bucketStandIn(fault);
    vi.stubEnv("AWS_ENDPOINT_URL_S3", bucket.url);
    const first = await doctor("--store", "s3://bucket-of-ours/costs");
    const again = await doctor("--store", "s3://bucket-of-ours/costs");
    for (const { findings } of [first, again]) {
      const found = findings.find(({ id }) => /^bucket/.test(id));
      expect(found).toMatchObject(named === null ? { id: "bucket", level: "ok" } : { level: "blocks" });
      if (named !== null) expect(found?.text).toContain(named);
    }
    expect([...new Set(bucket.written)]).toEqual([
      "/bucket-of-ours/costs/_doctor/conditional-write?x-id=PutObject",
    ]);
    // A bucket that checks both is written to once.
    if (named === null) expect(bucket.written).toHaveLength(1);
  });
});
