import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { startMoto } from "../../../packages/aws/src/testing/moto.ts";
import { accountContents } from "./account-contents.ts";
import { isOfProvider, permissionOf } from "./api-calls.ts";
import { type CloudFront, cloudFront } from "./cloudfront.ts";
import {
  type AwsRequest,
  type AwsResponse,
  bucketPolicies,
  forwardTo,
  lambdaLogging,
  resourceServers,
} from "./moto-gaps.ts";

/** An AWS account on loopback: moto, and in front of it what moto lacks. Its contents are lost when it stops. */
export interface AwsEmulator {
  /** For `AWS_ENDPOINT_URL`: every service, in every region. */
  readonly url: string;
  /** The number of the account. */
  readonly account: string;
  /** A line for everything that the account contains now: empty before the first apply and after the last destroy. */
  contents(): Promise<readonly string[]>;
  /** Requests that the emulator does not support, with the response to each. */
  readonly unsupported: readonly string[];
  /** The permissions that the requests of the provider so far would have needed. */
  readonly permissions: ReadonlySet<string>;
  stop(): void;
}

/** moto's only account. */
const ACCOUNT = "123456789012";

/**
 * Starts the emulator on a free port.
 * @param motoServer the command that `findMoto` finds
 * @throws Error when moto does not start, with what it printed
 */
export async function startAwsEmulator(motoServer: string): Promise<AwsEmulator> {
  const moto = await startMoto(motoServer);
  const edge = cloudFront(ACCOUNT);
  const others = resourceServers(lambdaLogging(bucketPolicies(forwardTo(moto.url))));
  const unsupported: string[] = [];
  const permissions = new Set<string>();
  const server = createServer(async (incoming, outgoing) => {
    const request = await read(incoming);
    if (isOfProvider(request)) {
      const permission = permissionOf(request);
      if (permission !== null) permissions.add(permission);
    }
    outgoing.once("close", () => {
      if (!outgoing.writableFinished)
        unsupported.push(`${summary(request)}: the client closed the connection`);
    });
    try {
      const { status, headers, body } =
        request.service === "cloudfront" ? cloudFrontResponse(edge, request) : await others(request);
      if (status >= 500) unsupported.push(`${summary(request)}: ${status} ${body}`);
      outgoing.writeHead(status, headers).end(body);
    } catch (cause) {
      unsupported.push(`${summary(request)}: ${cause}`);
      outgoing.destroy();
    }
  });
  // The server never closes a connection by itself: a client would repeat a request that was already answered.
  server.keepAliveTimeout = 0;
  server.headersTimeout = 0;
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A test that fails to stop the emulator must not keep its process alive.
  server.unref();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    account: ACCOUNT,
    contents: async () => [...edge.contents(), ...(await accountContents(url))],
    unsupported,
    permissions,
    stop() {
      server.close();
      server.closeAllConnections();
      moto.stop();
    },
  };
}

/** The scope of a request's signature contains its region and service. */
const SCOPE = /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\/aws4_request/;

async function read(request: IncomingMessage): Promise<AwsRequest> {
  const [, region = "", service = ""] = SCOPE.exec(request.headers.authorization ?? "") ?? [];
  const { method = "GET", url: path = "/", headers } = request;
  return { service, region, method, path, headers, body: await buffer(request) };
}

function cloudFrontResponse(edge: CloudFront, { method, path, headers, body }: AwsRequest): AwsResponse {
  const { pathname, searchParams: query } = new URL(path, "http://cloudfront");
  const [, , ...parts] = pathname.split("/").map(decodeURIComponent);
  const ifMatch = headers["if-match"] ?? null;
  const response = edge.respond({ method, path: parts, query, ifMatch, body: body.toString("utf8") });
  return { ...response, body: Buffer.from(response.body) };
}

/** Service, region and action of a request: JSON services name the action in a header, others in a form or the path. */
function summary({ service, region, method, path, headers, body }: AwsRequest): string {
  const action = headers["x-amz-target"] ?? /\bAction=\w+/.exec(body.toString("latin1"))?.[0] ?? "";
  return `${service} ${region} ${method} ${path} ${action}`.trim();
}
