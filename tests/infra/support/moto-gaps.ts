import type { IncomingHttpHeaders } from "node:http";

/** A request to AWS with its whole body. */
export interface AwsRequest {
  readonly service: string;
  readonly region: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface AwsResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

type Forward = (request: AwsRequest) => Promise<AwsResponse>;

/** Headers that belong to one connection. */
const CONNECTION = ["connection", "keep-alive", "transfer-encoding", "expect"];

/** Sends a request to a server, and returns its response. */
export const forwardTo =
  (url: string): Forward =>
  async ({ method, path, headers, body }) => {
    const sent = without(headers as Record<string, string>, [...CONNECTION, "host", "content-length"]);
    const response = await fetch(url + path, {
      method,
      headers: { ...sent, host: String(headers.host) },
      body: body.length === 0 ? null : new Uint8Array(body),
    });
    const received = without(Object.fromEntries(response.headers), CONNECTION);
    return { status: response.status, headers: received, body: Buffer.from(await response.arrayBuffer()) };
  };

const without = (headers: Readonly<Record<string, string>>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));

type JsonFields = Readonly<Record<string, unknown>>;

/**
 * Stores bucket policies in front of moto: moto 5.2.1 enforces a policy without its conditions, so a bucket that denies
 * requests without TLS would deny every request.
 */
export function bucketPolicies(forward: Forward): Forward {
  const policies = new Map<string, Buffer>();
  return async (request) => {
    const { pathname, searchParams } = new URL(request.path, "http://s3");
    const [, bucket = "", key = ""] = pathname.split("/");
    if (request.service !== "s3" || key !== "" || !searchParams.has("policy")) {
      const isBucket = key === "" && [...searchParams.keys()].every((name) => name === "x-id");
      if (request.service === "s3" && request.method === "DELETE" && isBucket) policies.delete(bucket);
      return forward(request);
    }
    if (request.method === "PUT") policies.set(bucket, request.body);
    if (request.method === "DELETE") policies.delete(bucket);
    if (request.method !== "GET") return { status: 204, headers: {}, body: Buffer.alloc(0) };
    const policy = policies.get(bucket);
    if (policy !== undefined)
      return { status: 200, headers: { "content-type": "application/json" }, body: policy };
    const error = "<Error><Code>NoSuchBucketPolicy</Code><Message>The bucket has no policy</Message></Error>";
    return { status: 404, headers: { "content-type": "application/xml" }, body: Buffer.from(error) };
  };
}

/**
 * Adds the logging configuration of functions to moto's responses: moto 5.2.1 takes a function's LoggingConfig and forgets
 * it, so every plan would set it again.
 */
export function lambdaLogging(forward: Forward): Forward {
  const configs = new Map<string, unknown>();
  return async (request) => {
    const response = await forward(request);
    const found = /^\/2015-03-31\/functions\/?[^/?]*(?:\/([^/?]+))?/.exec(request.path);
    const part = found?.[1] ?? "configuration";
    if (request.service !== "lambda" || found === null || response.status >= 300) return response;
    if (part !== "configuration") return response;
    const body = parsed(response.body);
    const inside = body?.Configuration as JsonFields | undefined;
    const name = (inside ?? body)?.FunctionName;
    if (body === null || typeof name !== "string") return response;
    const given = parsed(request.body)?.LoggingConfig;
    if (given !== undefined) configs.set(name, given);
    const logging = { LoggingConfig: configs.get(name) };
    const whole =
      inside === undefined ? { ...body, ...logging } : { ...body, Configuration: { ...inside, ...logging } };
    const changed = Buffer.from(JSON.stringify(whole));
    return { ...response, headers: without(response.headers, ["content-length"]), body: changed };
  };
}

/** Deletes the resource servers of user pools in front of moto: moto 5.2.1 creates and describes them, and deletes none. */
export function resourceServers(forward: Forward): Forward {
  const deleted = new Set<string>();
  const answer = (status: number, json: object): AwsResponse => ({
    status,
    headers: { "content-type": "application/x-amz-json-1.1" },
    body: Buffer.from(JSON.stringify(json)),
  });
  return async (request) => {
    const [, action] =
      /\.(Describe|Delete)ResourceServer$/.exec(String(request.headers["x-amz-target"])) ?? [];
    if (action === undefined) return forward(request);
    const { UserPoolId, Identifier } = parsed(request.body) ?? {};
    const server = `${UserPoolId} ${Identifier}`;
    if (action === "Delete") deleted.add(server);
    else if (!deleted.has(server)) return forward(request);
    const missing = { __type: "ResourceNotFoundException", message: "Resource server does not exist." };
    return action === "Delete" ? answer(200, {}) : answer(400, missing);
  };
}

function parsed(body: Buffer): JsonFields | null {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}
