import { StoreError } from "@dapanoskop/core/store";
import { testClock } from "@dapanoskop/core/testing";
import { describe, expect, it, vi } from "vitest";
import { withoutAwsSettings } from "../testing/scripted-source.ts";
import { s3Store } from "./s3-store.ts";
import {
  answers,
  drops,
  gives,
  isSilent,
  refuses,
  type S3Request,
  type S3Step,
  scriptedS3,
  trickles,
  writes,
} from "./testing/scripted-s3.ts";

const INDEX = "index.json";
const object = { body: new TextEncoder().encode("the bill"), contentType: "application/json" };
const credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" };
const good = gives("the bill");
const inEurope = refuses(301, "PermanentRedirect", "use the specified endpoint", {
  headers: { "x-amz-bucket-region": "eu-west-1" },
});

/** The region in the credential scope of a request. */
const regionOf = ({ headers: { authorization = "" } }: S3Request) =>
  /Credential=[^/]+\/\d+\/([^/]+)\/s3/.exec(authorization)?.[1];

async function failureOf(call: Promise<unknown>): Promise<StoreError> {
  const error = await call.catch((thrown: unknown) => thrown);
  if (error instanceof StoreError) return error;
  throw new Error(`Expected a StoreError, not ${String(error)}`);
}

describe("a bucket in another region", () => {
  it("is found once, for all later requests", async () => {
    const { store, requests } = await scriptedS3([inEurope, good, good, writes()]);
    expect((await store.get(INDEX))?.bytes).toBe(8);
    await store.head(INDEX);
    await store.putIfMatch(INDEX, object, '"e1"');
    expect(requests.map(regionOf)).toEqual(["us-east-1", "eu-west-1", "eu-west-1", "eu-west-1"]);
  });

  it.each([
    ["a head, which has no body", answers(301, { "x-amz-bucket-region": "eu-west-1" })],
    ["a head that is answered with 400", answers(400, { "x-amz-bucket-region": "eu-west-1" })],
    [
      "a new bucket's address",
      refuses(307, "TemporaryRedirect", "", { headers: { "x-amz-bucket-region": "eu-west-1" } }),
    ],
    [
      "a signature for the wrong region",
      refuses(400, "AuthorizationHeaderMalformed", "the region 'us-east-1' is wrong; expecting 'eu-west-1'", {
        more: "<Region>eu-west-1</Region>",
      }),
    ],
    [
      "a location that is not legal",
      refuses(400, "IllegalLocationConstraintException", "wrong region", {
        headers: { "x-amz-bucket-region": "eu-west-1" },
      }),
    ],
  ])("is found by %s", async (how, step) => {
    const { store, requests } = await scriptedS3([step, good]);
    await (how.startsWith("a head") ? store.head(INDEX) : store.get(INDEX));
    expect(requests.map(regionOf)).toEqual(["us-east-1", "eu-west-1"]);
  });

  it("receives the index, too: the redirected put was not written", async () => {
    const { store, requests } = await scriptedS3([inEurope, writes()]);
    expect((await store.putIfAbsent(INDEX, object)).outcome).toBe("written");
    expect(requests.map(({ body }) => body.toString())).toEqual(["the bill", "the bill"]);
  });

  it("is found by requests that run at the same time", async () => {
    const byRegion: S3Step = (response, request) =>
      (regionOf(request) === "eu-west-1" ? good : inEurope)(response, request);
    const { store, requests } = await scriptedS3([byRegion]);
    const found = await Promise.all(Array.from({ length: 8 }, () => store.get(INDEX)));
    expect(found.map((each) => each?.bytes)).toEqual(Array(8).fill(8));
    expect(requests.length).toBeLessThanOrEqual(16);
  });

  it("is found when no region is set", async () => {
    const { requests, url } = await scriptedS3([inEurope, good]);
    const store = s3Store({ bucket: "bill", client: { credentials, endpoint: url } });
    expect((await store.get(INDEX))?.bytes).toBe(8);
    expect(requests.map(regionOf)).toEqual(["us-east-1", "eu-west-1"]);
  });

  it("is reported when S3 redirects back and forth", async () => {
    const backAndForth: S3Step = (response, request) => {
      const region = regionOf(request) === "eu-west-1" ? "us-east-1" : "eu-west-1";
      refuses(301, "PermanentRedirect", "", { headers: { "x-amz-bucket-region": region } })(
        response,
        request,
      );
    };
    const { store, requests } = await scriptedS3([backAndForth]);
    expect(await failureOf(store.get(INDEX))).toMatchObject({
      failure: "no-such-place",
      message: expect.stringMatching(
        /redirects requests for the bucket bill to (eu-west|us-east)-1.*Set AWS_REGION/,
      ),
    });
    expect(requests).toHaveLength(4);
    const same = await scriptedS3([inEurope]);
    expect((await failureOf(same.store.get(INDEX))).message).toMatch(/to eu-west-1, and from there again/);
  });

  it("is never a text that could name another host", async () => {
    for (const region of ["evil.example/", "eu-west-1.evil.example", "x@evil", "eu-west-1\\", ""]) {
      const step = refuses(301, "PermanentRedirect", "", { headers: { "x-amz-bucket-region": region } });
      const { store, requests } = await scriptedS3([step, good]);
      expect((await failureOf(store.get(INDEX))).failure).toBe("no-such-place");
      expect(requests).toHaveLength(1);
    }
  });
});

describe("a wrong clock", () => {
  const hours = 3_600_000;
  const skewed =
    (byHours: number): S3Step =>
    (response, request) => {
      const now = new Date(Date.now() + byHours * hours);
      refuses(403, "RequestTimeTooSkewed", "The difference is too large.", {
        headers: { date: now.toUTCString() },
        more: `<ServerTime>${now.toISOString()}</ServerTime>`,
      })(response, request);
    };
  const dateOf = ({ headers }: S3Request) => {
    const [, year, month, day, hour] =
      /^(\d{4})(\d\d)(\d\d)T(\d\d)/.exec(String(headers["x-amz-date"])) ?? [];
    return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour));
  };

  it("is corrected by the time of S3, and the request is sent again, also for the index", async () => {
    const { store, requests, sleeps } = await scriptedS3([skewed(5), writes()]);
    expect((await store.putIfMatch(INDEX, object, '"e1"')).outcome).toBe("written");
    const [first = 0, second = 0] = requests.map(dateOf);
    expect((second - first) / hours).toBeGreaterThanOrEqual(4);
    expect(sleeps).toEqual([]);
  });
});

describe("the deadline of the S3 store", () => {
  it("ends a request that gets no answer, and one whose answer never ends", async () => {
    for (const step of [isSilent, trickles(5)]) {
      const { store, open } = await scriptedS3([step], { timeouts: { connection: 20, request: 30 } });
      const failure = await failureOf(store.get(INDEX));
      expect(failure).toMatchObject({
        failure: "unreachable",
        message: expect.stringMatching(/S3 gave no answer, 4 times/),
      });
      await vi.waitFor(() => expect(open()).toBe(0));
    }
  });

  it("ends fetching credentials, too", async () => {
    const { store } = await scriptedS3([good], {
      client: { region: "us-east-1", credentials: () => new Promise(() => {}) },
      timeouts: { connection: 20, request: 30 },
    });
    expect((await failureOf(store.get(INDEX))).failure).toBe("unreachable");
  });

  it("sends nothing when no time is left: then nothing was written", async () => {
    const { store, requests } = await scriptedS3([writes()], { deadline: { timeLeft: () => 0 } });
    expect(await failureOf(store.putIfMatch(INDEX, object, '"e1"'))).toMatchObject({
      failure: "unreachable",
      message: expect.stringMatching(/could not be written to .*no time was left for it/),
    });
    expect(requests).toEqual([]);
  });

  it("makes no attempt that would come too late", async () => {
    const { store, requests, sleeps } = await scriptedS3([drops], { deadline: { timeLeft: () => 80 } });
    expect((await failureOf(store.get(INDEX))).message).toMatch(/No time was left for another attempt/);
    expect(sleeps).toEqual([50]);
    expect(requests).toHaveLength(2);
  });

  it("cuts off a put that reaches past the deadline: its outcome is not known", async () => {
    const { store } = await scriptedS3([isSilent], { deadline: { timeLeft: () => 60 } });
    expect((await failureOf(store.putIfAbsent("trend.json", object))).failure).toBe("unknown-outcome");
  });
});

describe("the connection to S3", () => {
  it("fails with an advice where the host or the port does not answer", async () => {
    withoutAwsSettings();
    const access = { region: "us-east-1", credentials };
    const clock = testClock();
    const closed = s3Store({ bucket: "bill", clock, client: { ...access, endpoint: "http://127.0.0.1:9" } });
    expect(await failureOf(closed.get(INDEX))).toMatchObject({
      failure: "unreachable",
      message: expect.stringMatching(/no answer, 4 times \("ECONNREFUSED".*bucket bill, or AWS_ENDPOINT_URL/),
    });
    const nowhere = s3Store({ bucket: "bill", clock, client: { ...access, endpoint: "http://s3.invalid" } });
    const failure = await failureOf(nowhere.putIfAbsent(INDEX, object));
    expect(failure).toMatchObject({
      failure: "unreachable",
      message: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/),
    });
  });

  it("puts the bucket into the path where the endpoint is an IP address, and uses AWS_ENDPOINT_URL", async () => {
    const { requests, url } = await scriptedS3([good]);
    vi.stubEnv("AWS_ENDPOINT_URL_S3", undefined);
    vi.stubEnv("AWS_ENDPOINT_URL", url);
    vi.stubEnv("AWS_REGION", "eu-central-1");
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
    await s3Store({ bucket: "bill" }).get(INDEX);
    expect(requests[0]?.url).toMatch(/^\/bill\/index\.json\?/);
    expect(requests.map(regionOf)).toEqual(["eu-central-1"]);
  });

  it("sends no request without credentials, and says so", async () => {
    const { requests, url } = await scriptedS3([good]);
    const none = s3Store({ bucket: "bill", client: { endpoint: url, region: "us-east-1" } });
    expect(await failureOf(none.get(INDEX))).toMatchObject({
      failure: "credentials",
      message: expect.stringMatching(/no AWS credentials that work \("CredentialsProviderError"\)/),
    });
    expect(requests).toEqual([]);
  });

  it("sends the index once, whatever AWS_MAX_ATTEMPTS says", async () => {
    const { requests, url } = await scriptedS3([drops]);
    vi.stubEnv("AWS_MAX_ATTEMPTS", "7");
    vi.stubEnv("AWS_RETRY_MODE", "adaptive");
    const store = s3Store({ bucket: "bill", client: { region: "us-east-1", credentials, endpoint: url } });
    expect((await failureOf(store.putIfMatch(INDEX, object, '"e1"'))).failure).toBe("unknown-outcome");
    expect(requests).toHaveLength(1);
  });
});
