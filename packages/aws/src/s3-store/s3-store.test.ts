import { createHash } from "node:crypto";
import { type NewObject, StoreError } from "@dapanoskop/core/store";
import { describe, expect, it } from "vitest";
import {
  answers,
  breaksOff,
  drops,
  gives,
  isSilent,
  refuses,
  type S3Step,
  scriptedS3,
  trickles,
  writes,
} from "./testing/scripted-s3.ts";

const INDEX = "index.json";
const STABLE = "2026-03/summary.json";
const bytes = (text: string) => new TextEncoder().encode(text);
const hashOf = (text: string, encoding: "hex" | "base64") =>
  createHash("sha256").update(text).digest(encoding);
const bill = (more: Partial<NewObject> = {}): NewObject => ({
  body: bytes("the bill"),
  contentType: "application/json",
  ...more,
});
const noKey = refuses(404, "NoSuchKey", "The specified key does not exist.");
const slowDown = refuses(503, "SlowDown", "Please reduce your request rate.");

async function failureOf(call: Promise<unknown>): Promise<StoreError> {
  const error = await call.catch((thrown: unknown) => thrown);
  if (error instanceof StoreError) return error;
  throw new Error(`Expected a StoreError, not ${String(error)}`);
}

describe("a published file written to S3", () => {
  it("is written under its prefix only if it is absent, with type, cache, metadata and its SHA-256", async () => {
    const { store, requests } = await scriptedS3([writes('"new"')]);
    const sha256 = hashOf("the bill", "hex");
    const put = await store.putIfAbsent(
      STABLE,
      bill({ sha256, cacheControl: "no-cache", metadata: { generation: "7", "run-id": "r" } }),
    );
    expect(put).toEqual({ outcome: "written", etag: '"new"' });
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      method: "PUT",
      url: "/bill/data/2026-03/summary.json?x-id=PutObject",
    });
    expect(requests[0]?.body.toString()).toBe("the bill");
    expect(requests[0]?.headers).toMatchObject({
      "if-none-match": "*",
      "content-type": "application/json",
      "cache-control": "no-cache",
      "x-amz-meta-generation": "7",
      "x-amz-meta-run-id": "r",
      "x-amz-sdk-checksum-algorithm": "SHA256",
      "x-amz-checksum-sha256": hashOf("the bill", "base64"),
      "content-length": "8",
    });
    expect(requests[0]?.headers).not.toHaveProperty("if-match");
    expect(requests[0]?.headers).not.toHaveProperty("expect");
  });

  it("is replaced only if it still has the etag", async () => {
    const { store, requests } = await scriptedS3([writes()]);
    await store.putIfMatch(INDEX, bill(), '"old"');
    expect(requests[0]?.headers).toMatchObject({ "if-match": '"old"' });
    expect(requests[0]?.headers).not.toHaveProperty("if-none-match");
  });

  it("carries the SHA-256 that the caller gives, so that S3 refuses another body", async () => {
    const damaged = refuses(
      400,
      "BadDigest",
      "The SHA256 you specified did not match the calculated checksum.",
    );
    const { store, requests } = await scriptedS3([damaged]);
    const failure = await failureOf(store.putIfAbsent(STABLE, bill({ sha256: hashOf("another", "hex") })));
    expect(requests[0]?.headers["x-amz-checksum-sha256"]).toBe(hashOf("another", "base64"));
    expect(failure).toMatchObject({
      failure: "corrupt",
      message: expect.stringMatching(/received other bytes than were sent/),
    });
  });

  it("is never sent under a condition that is no etag: empty, a star, a list", async () => {
    const { store, requests } = await scriptedS3([writes()]);
    for (const etag of ["", "*", '"a", "b"', 'W/"a"', "a\nb"]) {
      expect(await store.putIfMatch(INDEX, bill(), etag)).toEqual({ outcome: "refused" });
    }
    expect(requests).toEqual([]);
  });

  it.each([
    ["412: the condition did not hold", refuses(412, "PreconditionFailed", "At least one of …")],
    [
      "409: another put ran at the same moment",
      refuses(409, "ConditionalRequestConflict", "conflicting operation"),
    ],
    [
      "409: another operation ran at the same moment",
      refuses(409, "OperationAborted", "conflicting conditional operation"),
    ],
  ])("is refused, not failed, on %s", async (_, step) => {
    const { store, requests } = await scriptedS3([step]);
    for (const key of [INDEX, STABLE]) {
      expect(await store.putIfAbsent(key, bill())).toEqual({ outcome: "refused" });
      expect(await store.putIfMatch(key, bill(), '"e"')).toEqual({ outcome: "refused" });
    }
    expect(requests).toHaveLength(4);
  });

  it("is refused where the object to replace does not exist", async () => {
    const { store } = await scriptedS3([noKey]);
    expect(await store.putIfMatch(INDEX, bill(), '"e"')).toEqual({ outcome: "refused" });
  });

  it("is sent without waiting for 100-continue, whatever its size", async () => {
    const { store, requests } = await scriptedS3([writes()]);
    await store.putIfAbsent(STABLE, bill({ body: new Uint8Array(3_000_000) }));
    expect(requests[0]?.headers).not.toHaveProperty("expect");
    expect(requests[0]?.body).toHaveLength(3_000_000);
  });
});

const endless = trickles(10);
const lostAnswers: readonly (readonly [string, S3Step])[] = [
  ["a dropped connection", drops],
  ["silence", isSilent],
  ["a fault of S3", refuses(500, "InternalError", "We encountered an internal error. Please try again.")],
  ["a busy S3", slowDown],
  [
    "a gateway's page",
    answers(502, { "content-type": "text/html" }, "<html><body>Bad gateway</body></html>"),
  ],
  ["a gateway's text", answers(504, { "content-type": "text/plain" }, "Bad & gateway")],
  [
    "a connection that stood still",
    refuses(400, "RequestTimeout", "Your socket connection to the server was not read"),
  ],
];
/** Short timeouts only where an answer never comes: elsewhere a busy machine would look like a lost answer, and a slow connection like an unsent request. */
const timeoutsFor = (step: S3Step) =>
  step === isSilent || step === endless ? { timeouts: { connection: 1_000, request: 250 } } : {};

describe("a put whose answer is lost", () => {
  it.each(lostAnswers)("is sent once for the index, and its outcome is unknown: %s", async (_, step) => {
    const { store, requests, sleeps } = await scriptedS3([step, writes()], timeoutsFor(step));
    const failure = await failureOf(store.putIfMatch(INDEX, bill(), '"e"'));
    expect(failure).toMatchObject({
      failure: "unknown-outcome",
      key: INDEX,
      message: expect.stringContaining("Whether index.json was written to s3://bill/data is not known: "),
    });
    expect(requests).toHaveLength(1);
    expect(sleeps).toEqual([]);
  });

  it.each(lostAnswers)("is repeated for any other file, and written: %s", async (_, step) => {
    const { store, requests } = await scriptedS3([step, step, writes()], timeoutsFor(step));
    expect(await store.putIfAbsent(STABLE, bill())).toEqual({ outcome: "written", etag: '"e1"' });
    expect(requests).toHaveLength(3);
  });

  it.each(lostAnswers)("has an unknown outcome after three attempts: %s", async (_, step) => {
    const { store, requests } = await scriptedS3([step], timeoutsFor(step));
    const failure = await failureOf(store.putIfAbsent(STABLE, bill()));
    expect(failure.failure).toBe("unknown-outcome");
    expect(failure.message).toMatch(/is not known: .*3 times/);
    expect(requests).toHaveLength(3);
  });

  it.each(lostAnswers)(
    "has an unknown outcome when the next attempt is refused, since the first may have been written: %s",
    async (_, step) => {
      const { store } = await scriptedS3([step, refuses(412, "PreconditionFailed")], timeoutsFor(step));
      const failure = await failureOf(store.putIfAbsent(STABLE, bill()));
      expect(failure).toMatchObject({
        failure: "unknown-outcome",
        message: expect.stringMatching(/the answer to one attempt was lost, and the next was refused/),
      });
    },
  );

  it("has an unknown outcome when the answer has no etag, as no answer of S3 does", async () => {
    for (const step of [
      answers(200),
      answers(200, { "content-type": "text/html" }, "<html>Sign in</html>"),
    ]) {
      const { store } = await scriptedS3([step]);
      const failure = await failureOf(store.putIfMatch(INDEX, bill(), '"e"'));
      expect(failure).toMatchObject({
        failure: "unknown-outcome",
        message: expect.stringMatching(/without an etag.*proxy in between/),
      });
    }
  });

  it("is unreachable, not of unknown outcome, when the port is closed: it was not sent", async () => {
    const { store } = await scriptedS3([writes()], {
      client: { ...keys, region: "us-east-1", endpoint: "http://127.0.0.1:9" },
    });
    const failure = await failureOf(store.putIfMatch(INDEX, bill(), '"e"'));
    expect(failure).toMatchObject({
      failure: "unreachable",
      message: expect.stringMatching(/could not be written to .*ECONNREFUSED.*AWS_ENDPOINT_URL/),
    });
  });
});

const keys = { credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" } };

describe("a published file read from S3", () => {
  const whole = gives("the bill", {
    "x-amz-meta-generation": "7",
    "x-amz-meta-run-id": "r",
    "x-amz-checksum-sha256": hashOf("the bill", "base64"),
    "x-amz-checksum-type": "FULL_OBJECT",
  });

  it("comes with its etag, metadata and SHA-256", async () => {
    const { store, requests } = await scriptedS3([whole]);
    const known = {
      etag: '"e1"',
      bytes: 8,
      sha256: hashOf("the bill", "hex"),
      metadata: { generation: "7", "run-id": "r" },
    };
    expect(await store.head(STABLE)).toEqual(known);
    const found = await store.get(STABLE);
    expect(found).toMatchObject(known);
    expect(new TextDecoder().decode(found?.body)).toBe("the bill");
    expect(requests.map(({ method, url }) => `${method} ${url.split("?")[0]}`)).toEqual([
      "HEAD /bill/data/2026-03/summary.json",
      "GET /bill/data/2026-03/summary.json",
    ]);
    for (const { headers } of requests) expect(headers["x-amz-checksum-mode"]).toBe("ENABLED");
  });

  it("has no SHA-256 where S3 has only that of its parts, or none", async () => {
    const { store } = await scriptedS3([
      gives("", {
        "x-amz-checksum-sha256": `${hashOf("parts", "base64")}-2`,
        "x-amz-checksum-type": "COMPOSITE",
      }),
      gives(""),
    ]);
    expect((await store.head(STABLE))?.sha256).toBeNull();
    expect((await store.head(STABLE))?.sha256).toBeNull();
  });

  it("is null when it does not exist", async () => {
    const { store, requests } = await scriptedS3([noKey]);
    expect(await store.get(INDEX)).toBeNull();
    expect(await store.head(INDEX)).toBeNull();
    expect(requests).toHaveLength(2);
  });

  it("is an error, not null, where something else than S3 answers 404", async () => {
    const { store } = await scriptedS3([
      answers(404, { "content-type": "text/html" }, "<html>Not found</html>"),
    ]);
    const failure = await failureOf(store.get(INDEX));
    expect(failure.message).toMatch(
      /status 404 came back with something that S3 does not write.*AWS_ENDPOINT_URL/,
    );
  });

  it.each([
    ...lostAnswers,
    ["a body that was cut off", breaksOff],
    ["a body that trickles", endless],
  ] as const)("is requested again after %s", async (_, step) => {
    const { store, requests } = await scriptedS3([step, step, whole], timeoutsFor(step));
    expect((await store.get(STABLE))?.bytes).toBe(8);
    expect(requests).toHaveLength(3);
  });

  it.each([...lostAnswers, ["a body that was cut off", breaksOff]] as const)(
    "is unreachable after four attempts: %s",
    async (_, step) => {
      const { store, requests } = await scriptedS3([step], timeoutsFor(step));
      expect(await failureOf(store.get(STABLE))).toMatchObject({
        failure: "unreachable",
        key: STABLE,
        message: expect.stringMatching(
          /^2026-03\/summary\.json could not be read from s3:\/\/bill\/data: .*4 times/,
        ),
      });
      expect(requests).toHaveLength(4);
    },
  );

  it("is requested again when its checksum differs, and corrupt when it differs each time", async () => {
    const damaged = gives("the bull", { "x-amz-checksum-sha256": hashOf("the bill", "base64") });
    const repeated = await scriptedS3([damaged, whole]);
    expect((await repeated.store.get(STABLE))?.bytes).toBe(8);
    const { store, requests } = await scriptedS3([damaged]);
    expect(await failureOf(store.get(STABLE))).toMatchObject({
      failure: "corrupt",
      message: expect.stringMatching(/differ from the checksum that S3 keeps, 4 times/),
    });
    expect(requests).toHaveLength(4);
  });

  it("waits seconds after throttling, and less after a broken connection", async () => {
    const busy = await scriptedS3([slowDown]);
    await failureOf(busy.store.get(STABLE));
    expect(busy.sleeps).toEqual([500, 1_000, 2_000]);
    const broken = await scriptedS3([drops]);
    await failureOf(broken.store.get(STABLE));
    expect(broken.sleeps).toEqual([50, 100, 200]);
  });

  it("comes over the connection of the file before", async () => {
    const { store, connections } = await scriptedS3([whole]);
    for (let file = 0; file < 5; file++) await store.get(STABLE);
    expect(connections()).toBe(1);
  });
});

describe("a listing", () => {
  const page = (keys: readonly string[], next?: string) =>
    answers(
      200,
      { "content-type": "application/xml" },
      `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>bill</Name>` +
        `<EncodingType>url</EncodingType><IsTruncated>${next !== undefined}</IsTruncated>` +
        (next === undefined ? "" : `<NextContinuationToken>${next}</NextContinuationToken>`) +
        keys.map((key) => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`).join("") +
        "</ListBucketResult>",
    );

  it("is read page by page, and contains the keys of published files only", async () => {
    const { store, requests } = await scriptedS3([
      page(["data/trend.json", "data/2026-03/summary.json", "data/config.json"], "two+/="),
      page(
        ["data/2026-02/summary.json", "data/%00", "data/%E0%A4%A", "database/trend.json", "trend.json"],
        "three",
      ),
      page([]),
    ]);
    expect(await store.list("")).toEqual(["2026-02/summary.json", "2026-03/summary.json", "trend.json"]);
    const queries = requests.map(({ url }) => new URL(url, "http://s3").searchParams);
    expect(queries.map((query) => query.get("continuation-token"))).toEqual([null, "two+/=", "three"]);
    expect(queries.map((query) => query.get("prefix"))).toEqual(["data/", "data/", "data/"]);
  });

  it("recognizes its prefix where S3 has encoded it", async () => {
    const { store } = await scriptedS3([page(["team%3Dweb/trend.json"])], { prefix: "team=web" });
    expect(await store.list("")).toEqual(["trend.json"]);
  });

  it("makes no request for a prefix that no published file has", async () => {
    const { store, requests } = await scriptedS3([page(["data/trend.json"])]);
    for (const prefix of ["\u0000", "\\", "Zoë", "a b", "%2e", "x".repeat(10_000)]) {
      expect(await store.list(prefix)).toEqual([]);
    }
    expect(requests).toEqual([]);
    expect(await store.list("../")).toEqual([]);
    expect(new URL(requests[0]?.url ?? "", "http://s3").searchParams.get("prefix")).toBe("data/../");
  });

  it("fails when a page names no new page after it", async () => {
    for (const steps of [[page([], "again")], [page([], "")]] as const) {
      const { store } = await scriptedS3(steps);
      expect(await failureOf(store.list(""))).toMatchObject({
        failure: "unreachable",
        message: expect.stringMatching(
          /^s3:\/\/bill\/data could not be listed: a page of the listing names no new page after it/,
        ),
      });
    }
  });

  it("is requested again where the answer cannot be parsed", async () => {
    const garbled = answers(200, { "content-type": "application/xml" }, "<ListBucketResult><Contents>");
    const { store } = await scriptedS3([garbled, page(["data/trend.json"])]);
    expect(await store.list("")).toEqual(["trend.json"]);
    const { store: never } = await scriptedS3([garbled]);
    expect(await failureOf(never.list(""))).toMatchObject({
      failure: "unreachable",
      message: expect.stringMatching(/could not be read as one of S3/),
    });
  });
});
