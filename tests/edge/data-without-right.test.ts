import { beforeAll, describe, expect, it } from "vitest";
import { anRsaKey } from "../../packages/functions/src/session/testing/rsa-keys.ts";
import type { EdgeResponse } from "../support/cloudfront/cloudfront-edge.ts";
import { normalizedPath } from "../support/cloudfront/path-pattern.ts";
import { COOKIES_LIFE, type DeployedEdge, deployedEdge } from "../support/deployed-edge.ts";
import { type HostileRequest, METHODS, requestFor, spellings, withoutRight } from "./hostile-requests.ts";
import { FILES, MARK, markedStore, PAGE, pageFile } from "./published-marks.ts";
import { cookieBase64, cookieHeader, policyText, signedBy } from "./signed-cookies.ts";

// What an outsider tries at the distribution of the module, with its own CloudFront Functions: every request that should get no data
// gets none, and no path of data gets the page.

const HOST = "d111111abcdef8.cloudfront.net";
const pool = { issuer: "http://127.0.0.1:9", url: "http://127.0.0.1:9", clientId: "none" };
const stranger = anRsaKey("stranger");

const bodyOf = ({ body }: EdgeResponse) => Buffer.from(body).toString("latin1");
const isOfData = (target: string) => {
  const [path = ""] = target.replace(/^https?:\/\/[^/]*/, "").split("?");
  return [path, normalizedPath(path)].some((each) => /^\/data(\/|$)/.test(each));
};

/** What is wrong with an answer to a request that must get no data; `null`: nothing. */
function problemOf({ request }: HostileRequest, response: EdgeResponse): string | null {
  const text = bodyOf(response);
  if (text.includes(MARK) || text.includes("<ListBucketResult>"))
    return `data, with status ${response.status}`;
  if (response.status === 200 && isOfData(request.target)) return "status 200";
  if (response.status === 206 || response.status === 304) return `status ${response.status}`;
  return null;
}

describe.each([
  ["normalizes paths before it compares them, as documented", true],
  ["compares paths as they are sent", false],
])("where CloudFront %s", (_, normalizes) => {
  let edge: DeployedEdge;
  let good: string;
  beforeAll(async () => {
    edge = await deployedEdge({ store: await markedStore(), host: HOST, pool, pageFile, normalizes });
    good = await edge.dataCookies();
  });

  it("a signed-in person reads every file, so what follows can fail", async () => {
    for (const file of FILES) {
      const response = await edge.answer(requestFor(HOST, file, { headers: { cookie: good } }));
      expect([file, response.status, bodyOf(response).includes(MARK)]).toEqual([file, 200, true]);
      const head = await edge.answer(requestFor(HOST, file, { method: "HEAD", headers: { cookie: good } }));
      expect([head.status, head.body.length]).toEqual([200, 0]);
    }
    const range = { cookie: good, range: "bytes=0-9" };
    expect(await edge.answer(requestFor(HOST, FILES[4] ?? "", { headers: range }))).toMatchObject({
      status: 206,
    });
    const page = await edge.answer(requestFor(HOST, "/workload?name=web"));
    expect([page.status, bodyOf(page)]).toEqual([200, PAGE]);
  });

  it("more than 500 requests without a right get no data, and no path of data gets the page", async () => {
    // The files are in the cache of the edge: it must not answer from there either.
    for (const file of FILES) await edge.answer(requestFor(HOST, file, { headers: { cookie: good } }));
    const reached = edge.reached.length;
    const at = Math.floor(Date.now() / 1_000);
    const requests = withoutRight({ host: HOST, files: FILES, key: edge.key, stranger, good, at });
    expect(requests.length).toBeGreaterThan(1_000);
    const problems: string[] = [];
    for (const hostile of requests) {
      const problem = problemOf(hostile, await edge.answer(hostile.request));
      if (problem !== null) problems.push(`${hostile.what}: ${problem}`);
    }
    expect(problems).toEqual([]);
    expect(edge.reached.slice(reached).filter((line) => line.startsWith("data "))).toEqual([]);
  });

  it("a signed-in person reads a file under its exact name only", async () => {
    const problems: string[] = [];
    const reached = edge.reached.length;
    for (const target of spellings(FILES)) {
      const response = await edge.answer(requestFor(HOST, target, { headers: { cookie: good } }));
      const text = bodyOf(response);
      const [path = ""] = target.replace(/^https?:\/\/[^/]*/, "").split("?");
      const isFile = FILES.includes(path);
      if (!isFile && (text.includes(MARK) || text.includes("<ListBucketResult>")))
        problems.push(`${target}: data`);
      if (!isFile && isOfData(target) && response.status < 400)
        problems.push(`${target}: ${response.status}`);
    }
    expect(problems).toEqual([]);
    const keys = edge.reached.slice(reached).filter((line) => line.startsWith("data "));
    expect(keys.filter((line) => !/^data (GET|HEAD) (\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/.test(line))).toEqual(
      [],
    );
  });

  it.each(METHODS.filter((method) => method !== "GET" && method !== "HEAD"))(
    "the method %s reads nothing, also for a signed-in person",
    async (method) => {
      for (const path of [...FILES, "/", "/config.json"]) {
        const response = await edge.answer(requestFor(HOST, path, { method, headers: { cookie: good } }));
        expect([response.status, bodyOf(response).includes(MARK)]).toEqual([403, false]);
      }
    },
  );

  it("a GET with a body is refused", async () => {
    const request = requestFor(HOST, FILES[0] ?? "", { headers: { cookie: good }, body: Buffer.from("x") });
    expect((await edge.answer(request)).status).toBe(403);
  });
});

describe("cookies of the data", () => {
  it("hold until their end and no longer, also for what the edge has in its cache", async () => {
    const edge = await deployedEdge({ store: await markedStore(), host: HOST, pool, pageFile });
    const cookie = await edge.dataCookies();
    const read = async () =>
      (
        await Promise.all(FILES.map((file) => edge.answer(requestFor(HOST, file, { headers: { cookie } }))))
      ).map(({ status }) => status);
    edge.pass(COOKIES_LIFE - 5);
    expect(new Set(await read())).toEqual(new Set([200]));
    edge.pass(10);
    expect(new Set(await read())).toEqual(new Set([403]));
  });

  it("are refused for a name of the distribution that is not in their policy", async () => {
    const edge = await deployedEdge({ store: await markedStore(), host: HOST, pool, pageFile });
    const text = policyText("https://costs.example.com/*", Math.floor(Date.now() / 1_000) + 600);
    const cookie = cookieHeader({
      policy: cookieBase64(text),
      signature: signedBy(edge.key.privateKey, text),
      keyPairId: edge.key.signingKey.keyPairId,
      algorithm: "SHA256",
    });
    expect((await edge.answer(requestFor(HOST, "/data/index.json", { headers: { cookie } }))).status).toBe(
      403,
    );
  });
});
