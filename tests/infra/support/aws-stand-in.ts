import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { startMoto } from "../../../packages/aws/src/testing/moto.ts";
import { accountContents } from "./account-contents.ts";
import { bucketPolicies } from "./bucket-policies.ts";
import type { Answer } from "./cloudfront/answer.ts";
import { type CloudFront, cloudFront } from "./cloudfront/cloudfront.ts";
import { lambdaLogging } from "./lambda-logging.ts";
import { type Asking, passOn, type Reply } from "./pass-on.ts";

/** An AWS account on loopback: moto, and in front of it what moto lacks. It forgets all when it stops. */
export interface AwsStandIn {
  /** For `AWS_ENDPOINT_URL`: every service, in every region. */
  readonly url: string;
  /** The number of the account. */
  readonly account: string;
  /** All that there is now, a line each: empty before the first apply and after the last destroy. */
  contents(): Promise<readonly string[]>;
  /** Requests that nobody here could answer, with what was said instead. Empty, or the stand-in lacks something. */
  readonly unanswered: readonly string[];
  stop(): void;
}

/** moto's only account. */
const ACCOUNT = "123456789012";

/**
 * Starts both on free ports.
 * @param motoServer the command that `findMoto` finds
 * @throws Error when moto does not start, with what it said
 */
export async function startAwsStandIn(motoServer: string): Promise<AwsStandIn> {
  const moto = await startMoto(motoServer);
  const edge = cloudFront(ACCOUNT);
  const policies = bucketPolicies();
  const logging = lambdaLogging();
  const ask = (asking: Asking) => passOn(moto.url, asking);
  const answered = async (asking: Asking): Promise<Reply> => {
    if (asking.service === "cloudfront") return atTheEdge(edge, asking);
    return (await policies(asking, ask)) ?? logging(asking, await ask(asking));
  };
  const unanswered: string[] = [];
  const server = createServer(async (request, response) => {
    const asking = await read(request);
    response.once("close", () => {
      if (!response.writableFinished) unanswered.push(`${sentence(asking)}: the client hung up`);
    });
    try {
      const reply = await answered(asking);
      if (reply.status >= 500) unanswered.push(`${sentence(asking)}: ${reply.status} ${reply.body}`);
      send(response, reply);
    } catch (cause) {
      unanswered.push(`${sentence(asking)}: ${cause}`);
      response.destroy();
    }
  });
  // Never hangs up by itself: a client that lost its connection would ask again for what it was given already.
  server.keepAliveTimeout = 0;
  server.headersTimeout = 0;
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A test that ends without stop() leaves nothing that holds its process up.
  server.unref();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    account: ACCOUNT,
    contents: async () => [...edge.contents(), ...(await accountContents(url))],
    unanswered,
    stop() {
      server.close();
      server.closeAllConnections();
      moto.stop();
    },
  };
}

/** The region and the service that a request is meant for stand in the scope of its signature. */
const SCOPE = /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\/aws4_request/;

async function read(request: IncomingMessage): Promise<Asking> {
  const [, region = "", service = ""] = SCOPE.exec(request.headers.authorization ?? "") ?? [];
  const { method = "GET", url: path = "/", headers, rawHeaders } = request;
  return { service, region, method, path, headers, rawHeaders, body: await buffer(request) };
}

/** A request to CloudFront, in the words of its rooms. */
function atTheEdge(edge: CloudFront, { method, path, headers, body }: Asking): Reply {
  const { pathname, searchParams } = new URL(path, "http://cloudfront");
  const [, , ...parts] = pathname.split("/").map(decodeURIComponent);
  const ifMatch = headers["if-match"] ?? null;
  return reply(
    edge.answer({ method, path: parts, query: searchParams, ifMatch, body: body.toString("utf8") }),
  );
}

const reply = ({ status, headers = {}, body = "" }: Answer): Reply => ({
  status,
  rawHeaders: Object.entries(headers).flat(),
  body: Buffer.from(body),
});

function send(response: ServerResponse, { status, rawHeaders, body }: Reply): void {
  response.writeHead(status, [...rawHeaders]);
  response.end(body);
}

/** Whom a request asks for what: JSON services name it in a header, others in a form or the path. */
function sentence({ service, region, method, path, headers, body }: Asking): string {
  const action = headers["x-amz-target"] ?? /\bAction=\w+/.exec(body.toString("latin1"))?.[0];
  return [service, region, method, path, ...(action === undefined ? [] : [action])].join(" ");
}
