import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { securityHeaders } from "@dapanoskop/edge";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { findMoto, type Moto, startMoto, withoutMoto } from "../../../aws/src/testing/moto.ts";
import { type MotoDeployment, motoDeployment } from "../../../aws/src/testing/moto-deployment.ts";
import { dapanoskop } from "../testing/run-command.ts";
import { nextRun } from "./next-run.ts";

const moto = findMoto();
const REGION = "eu-central-1";
const ACCOUNT = "123456789012";
const AT = "2026-03-08T08:00:00Z";

// Moto loads each service with its first request.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** A folder's files by their keys. */
async function filesOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = files.map(
    async (path) => [path.slice(folder.length + 1), await readFile(path, "utf8")] as const,
  );
  return Object.fromEntries(await Promise.all(read));
}

function setEnvironment(endpoint: string): void {
  vi.stubEnv("AWS_ENDPOINT_URL", endpoint);
  // The demo sets its own.
  vi.stubEnv("AWS_ENDPOINT_URL_COST_EXPLORER", endpoint);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
  vi.stubEnv("AWS_REGION", REGION);
  vi.stubEnv("AWS_CONFIG_FILE", "/dev/null");
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
}

describe.skipIf(moto === null)(`a deployment at moto${withoutMoto(moto)}`, () => {
  let server: Moto;
  let aws: MotoDeployment;
  let page: Server;
  let pageUrl: string;
  let dataStatus = 403;

  beforeAll(async () => {
    server = await startMoto(moto ?? "");
    aws = motoDeployment(server.url, REGION);
    await aws.rule("dapanoskop-collect", "cron(0 6 * * ? *)");
    await aws.rule("dapanoskop-report", "cron(0 8 * * ? *)");
    await aws.parameter("/dapanoskop/session", JSON.stringify({ host: "d111111abcdef8.cloudfront.net" }));
    const folder = await mkdtemp(join(tmpdir(), "dapanoskop-"));
    await dapanoskop(["demo", "--store", folder, "--no-serve", "--at", "2026-03-08T06:00:00Z"]);
    const { "index.json": index = "", ...files } = await filesOf(folder);
    await rm(folder, { recursive: true, force: true });
    const json = Object.fromEntries(Object.entries(files).filter(([key]) => key.endsWith(".json")));
    await aws.bucket(`dapanoskop-data-${ACCOUNT}-${REGION}`, { "index.json": index, ...json });
    await aws.metric("CollectSuccess", "dapanoskop-collect", 1, new Date("2026-03-08T06:01:00Z"));
    await aws.metric("RequestPriceUSD", "dapanoskop-collect", 0.08, new Date("2026-03-08T06:01:00Z"));
    await aws.metric("RequestPriceUSD", "dapanoskop-collect", 0.07, new Date("2026-03-07T06:01:00Z"));
    await aws.alarm("dapanoskop-collect-errors", "OK");
    await aws.alarm("dapanoskop-billing-early", "OK", "us-east-1");
    await aws.alarm("other-alarm", "ALARM");
    page = createServer((request, response) => {
      const isData = request.url?.startsWith("/data/") === true;
      response
        .writeHead(isData ? dataStatus : 200, { "content-type": "text/html", ...securityHeaders })
        .end("<!doctype html><title>Dapanoskop</title>");
    });
    await new Promise<void>((resolve) => page.listen(0, "127.0.0.1", resolve));
    pageUrl = `http://127.0.0.1:${(page.address() as AddressInfo).port}/`;
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    page?.close();
    server?.stop();
  });
  beforeEach(() => setEnvironment(server.url));

  const run = (...argv: readonly string[]) => dapanoskop(argv, { at: AT });

  it("is described by status", async () => {
    const { code, out, err } = await run("status");
    expect(err).toBe("");
    expect(out).toContain("dapanoskop-collect runs next on Mar 9, 2026, 06:00 UTC");
    expect(out).toContain("last run  Mar 8, 2026, 06:00 UTC, succeeded");
    expect(out).toContain("published Mar 8, 2026, 06:00 UTC, 2 hours ago");
    expect(out).toContain("$0.15 for Cost Explorer in 30 days");
    expect(out).toContain("https://d111111abcdef8.cloudfront.net");
    expect(out).toContain("none is active, of 2");
    expect(code).toBe(0);
  });

  it("is described to programs, without a number where one is unknown", async () => {
    const document = JSON.parse((await run("status", "--json")).out);
    expect(document).toMatchObject({
      schema: 1,
      account: ACCOUNT,
      page: "https://d111111abcdef8.cloudfront.net",
      last_run: { at: "2026-03-08T06:00:00Z", succeeded: true },
      request_price_usd_30_days: "0.15",
      spend: null,
      problems: [],
    });
  });

  it("is ready to be shown when the page answers and the data does not", async () => {
    const ready = await run("demo-prep", "--page", pageUrl);
    expect([ready.code, ready.out]).toEqual([0, expect.stringMatching(/Ready\.\n$/)]);
    expect(ready.out).toContain(`Page:      ${pageUrl}`);
    dataStatus = 200;
    const open = await run("demo-prep", "--page", pageUrl);
    dataStatus = 403;
    expect(open.code).toBe(1);
    expect(open.out).toMatch(/FAIL {2}data .* must refuse it with 403/);
  });

  it("is not ready while nothing answers", async () => {
    const { code, out } = await run("demo-prep", "--page", "http://127.0.0.1:1/");
    expect(code).toBe(1);
    expect(out).toContain("Not ready: 2 of 6 checks failed.");
  });

  it("is paused by stop and resumed by start; a second time changes nothing", async () => {
    const stopped = await run("stop", "--no-spend");
    expect([stopped.code, stopped.err]).toEqual([0, ""]);
    expect(stopped.out).toContain("dapanoskop-collect is paused.\ndapanoskop-report is paused.\n");
    expect(stopped.out).toContain("Nothing was deleted");
    expect(stopped.out).toContain("The next apply of the module resumes the schedules");
    expect(await aws.ruleState("dapanoskop-collect")).toBe("DISABLED");
    expect((await run("stop", "--no-spend")).out).toContain("dapanoskop-collect was paused already.");
    expect((await run("status")).out).toContain("dapanoskop-collect is paused (cron(0 6 * * ? *))");
    expect((await run("demo-prep", "--page", pageUrl)).code).toBe(1);

    const started = await run("start");
    expect(started.out).toContain("dapanoskop-collect is resumed. Next run: 2026-03-09T06:00:00Z");
    expect(await aws.ruleState("dapanoskop-collect")).toBe("ENABLED");
    expect((await run("start")).out).toContain("dapanoskop-collect was running already.");
  });

  it("needs a person when an alarm is active, the last run failed or the data is old", async () => {
    await aws.alarm("dapanoskop-collect-errors", "ALARM");
    const alarmed = await run("status");
    await aws.alarm("dapanoskop-collect-errors", "OK");
    expect([alarmed.code, alarmed.out]).toEqual([
      1,
      expect.stringContaining("! The alarm dapanoskop-collect-errors is active."),
    ]);
    const late = await dapanoskop(["status"], { at: "2026-03-11T08:00:00Z" });
    expect([late.code, late.out]).toEqual([
      1,
      expect.stringContaining("The data is 74 hours old: docs/runbook.md, stale-data."),
    ]);
    await aws.metric("CollectSuccess", "dapanoskop-collect", 0, new Date("2026-03-08T07:01:00Z"));
    const failed = await run("status");
    expect([failed.code, failed.out]).toEqual([1, expect.stringContaining("The last collection failed.")]);
  });

  it.each(["start", "stop", "status", "demo-prep"])("is named by %s where there is none", async (command) => {
    const { code, out, err } = await run(command, "--name", "elsewhere");
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain(`There is no deployment elsewhere in ${REGION} of account ${ACCOUNT}`);
  });

  it.each(["start", "stop", "status", "demo-prep", "bootstrap-state"])(
    "has a name that %s refuses where no deployment can have it",
    async (command) => {
      const { code, err } = await run(command, "--name", "Big_Costs");
      expect([code, err]).toEqual([2, expect.stringContaining("--name must be a name_prefix")]);
    },
  );

  it("gets a bucket for its state, once", async () => {
    const first = await run("bootstrap-state");
    expect(first.err).toBe("");
    expect(first.out).toContain(`bucket dapanoskop-tfstate-${ACCOUNT}: created\nversions: created\n`);
    expect(first.out).toContain(
      `terraform {
  backend "s3" {
    bucket       = "dapanoskop-tfstate-${ACCOUNT}"
    key          = "dapanoskop/terraform.tfstate"
    region       = "${REGION}"
    encrypt      = true
    use_lockfile = true
  }
}
`,
    );
    const second = await run("bootstrap-state", "--json");
    expect(JSON.parse(second.out).parts.map(({ outcome }: { outcome: string }) => outcome)).toEqual(
      Array(5).fill("as it should be"),
    );
  });

  it("gets settings of that bucket repaired, and keeps the policy's other statements", async () => {
    const bucket = `repaired-tfstate-${ACCOUNT}`;
    await run("bootstrap-state", "--name", "repaired");
    const other = {
      Sid: "Ours",
      Effect: "Allow",
      Principal: "*",
      Action: "s3:*",
      Resource: `arn:aws:s3:::${bucket}`,
    };
    await aws.neglect(bucket, JSON.stringify({ Version: "2012-10-17", Statement: [other] }));
    const repaired = await run("bootstrap-state", "--name", "repaired");
    expect(repaired.out).toContain(
      "versions: repaired\nencryption: as it should be\npublic access block: repaired\nTLS only: repaired\n",
    );
    expect((await run("bootstrap-state", "--name", "repaired")).out).not.toContain("repaired\n");
  });

  it("gets a table that locks its state, once", async () => {
    const first = await run("bootstrap-state", "--lock", "table");
    expect(first.out).toContain("lock table dapanoskop-tfstate-lock: created");
    expect(first.out).toContain('dynamodb_table = "dapanoskop-tfstate-lock"');
    expect((await run("bootstrap-state", "--lock", "table")).out).toContain(
      "lock table dapanoskop-tfstate-lock: as it should be",
    );
  });
});

/** What a service answers: the action is the target's, or the request's own line. */
type ServiceAnswers = (
  service: string,
  action: string,
  body: string,
) => { readonly status?: number; readonly body: string };

const IDENTITY = `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${ACCOUNT}</Account><Arn>arn:aws:iam::${ACCOUNT}:user/x</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`;
const error = (name: string) => ({ status: 400, body: JSON.stringify({ __type: name, message: "no" }) });
const rule = {
  body: JSON.stringify({ Name: "dapanoskop-collect", ScheduleExpression: "rate(1 day)", State: "ENABLED" }),
};

describe("a deployment, where moto does not answer as AWS does,", () => {
  let requests: string[];
  let server: Server;

  /** Starts a stand-in that answers STS, and every other service by `given`. */
  async function standIn(given: ServiceAnswers): Promise<void> {
    requests = [];
    server = createServer((request, response) => {
      const service = /\/([a-z0-9-]+)\/aws4_request/.exec(request.headers.authorization ?? "")?.[1] ?? "";
      const target = request.headers["x-amz-target"];
      const action =
        typeof target === "string" ? (target.split(".")[1] ?? "") : `${request.method} ${request.url}`;
      requests.push(`${service} ${action}`);
      void text(request).then((sent) => {
        const { status = 200, body } = service === "sts" ? { body: IDENTITY } : given(service, action, sent);
        response.writeHead(status, {
          "content-type": service === "sts" ? "text/xml" : "application/x-amz-json-1.1",
        });
        response.end(body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    setEnvironment(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }
  afterEach(() => {
    server.close();
    server.closeAllConnections();
    vi.unstubAllEnvs();
  });

  const run = (...argv: readonly string[]) => dapanoskop(argv, { at: AT });
  const spending =
    (groups: readonly object[]): ServiceAnswers =>
    (service, action, body) => {
      if (service === "ce") {
        const ResultsByTime = [
          {
            TimePeriod: { Start: "2026-02-01", End: "2026-03-01" },
            Groups: groups,
            Total: {},
            Estimated: false,
          },
        ];
        return {
          body: JSON.stringify({ ResultsByTime, GroupDefinitions: [{ Type: "TAG", Key: "Project" }] }),
        };
      }
      if (action === "DescribeRule" && body.includes("-report")) return error("ResourceNotFoundException");
      return action === "DisableRule" ? { body: "" } : rule;
    };

  it("cost what the charges with its tag add up to, by one request", async () => {
    const Metrics = (Amount: string) => ({
      UnblendedCost: { Amount, Unit: "USD" },
      UsageQuantity: { Amount: "1", Unit: "N/A" },
    });
    await standIn(
      spending([
        { Keys: ["Project$Dapanoskop"], Metrics: Metrics("4.235") },
        { Keys: ["Project$"], Metrics: Metrics("9000") },
      ]),
    );
    const { code, out } = await run("stop");
    expect(code).toBe(0);
    expect(out).toContain(
      "All deployments of the account have cost $4.24 since 2025-04-01, by the tag Project=Dapanoskop.",
    );
    expect(requests.filter((one) => one.startsWith("ce "))).toEqual(["ce GetCostAndUsage"]);
  });

  it("cost an unknown amount where no charge has the tag, and is paused nevertheless", async () => {
    await standIn(spending([]));
    const { code, out } = await run("stop");
    expect([code, out]).toEqual([
      0,
      expect.stringContaining("is paused.\nNo charge since 2025-04-01 has the tag"),
    ]);
  });

  it("cost an unknown amount where Cost Explorer refuses, and is paused nevertheless", async () => {
    await standIn((service, action, body) =>
      service === "ce" ? error("AccessDeniedException") : spending([])(service, action, body),
    );
    const { code, out } = await run("stop");
    expect([code, out]).toEqual([0, expect.stringContaining("What it cost is unknown: ")]);
    expect(out).toContain("is paused.");
    expect(out).not.toContain("$");
  });

  it("says which permission is missing", async () => {
    await standIn(() => error("AccessDeniedException"));
    const { code, err } = await run("start");
    expect(code).toBe(1);
    expect(err).toMatch(
      /^Cannot read the rule dapanoskop-(collect|report): access denied\. Grant events:DescribeRule to this identity\.\n$/,
    );
  });

  it.each([
    ["refuses access", 403, "AccessDenied", /another account refuses access to it/],
    [
      "has the name, as the creation finds",
      409,
      "BucketAlreadyExists",
      /another account has this name already/,
    ],
  ])("keeps its state in no bucket of another account that %s", async (_, status, code, sentence) => {
    const answer = (name: string, at: number) => ({
      status: at,
      body: `<Error><Code>${name}</Code></Error>`,
    });
    await standIn((_service, action) =>
      status === 409 && action.startsWith("GET") ? answer("NoSuchBucket", 404) : answer(code, status),
    );
    const result = await run("bootstrap-state");
    expect(result.code).toBe(1);
    expect(result.err).toMatch(sentence);
    expect(requests.filter((one) => /PUT .*\?/.test(one))).toEqual([]);
  });

  it("keeps its state in the region of the bucket alone", async () => {
    await standIn(() => ({
      body: '<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">us-west-2</LocationConstraint>',
    }));
    const { code, err } = await run("bootstrap-state");
    expect([code, err]).toEqual([1, expect.stringContaining("is in us-west-2, not in eu-central-1")]);
  });
});

describe("the next run", () => {
  it.each([
    ["cron(0 6 * * ? *)", "2026-03-09T06:00:00Z"],
    ["cron(30 9 * * ? *)", "2026-03-08T09:30:00Z"],
    ["cron(0 6,18 * * ? *)", "2026-03-08T18:00:00Z"],
    ["cron(0 8 * * ? *)", "2026-03-09T08:00:00Z"],
    ["cron(0 6 ? * MON *)", null],
    ["rate(1 day)", null],
  ])("of %s is %s", (expression, expected) => {
    expect(nextRun(expression, AT)).toBe(expected);
  });
});
