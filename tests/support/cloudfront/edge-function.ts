import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createContext, Script } from "node:vm";

/** A viewer request of a CloudFront Function. The address is as the viewer sent it, without its query. */
export interface FunctionRequest {
  readonly method: string;
  readonly uri: string;
  /** The query as it was sent, without the question mark. */
  readonly query?: string;
  /** By lower-case name; cookies are in an object of their own. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The request with which it continues. */
export interface ForwardedRequest {
  readonly method: string;
  readonly uri: string;
  readonly querystring: Readonly<Record<string, unknown>>;
  readonly cookies: Readonly<Record<string, unknown>>;
}

/** A response that a function returns instead of the request. */
export interface FunctionResponse {
  readonly statusCode: number;
  readonly statusDescription: string;
  readonly headers: Readonly<Record<string, { readonly value: string }>>;
  readonly body?: unknown;
}

export type FunctionOutcome = ForwardedRequest | FunctionResponse;

export const isRefusal = (outcome: FunctionOutcome): outcome is FunctionResponse => "statusCode" in outcome;

/** The source of a function, as it is deployed. @param name `page-request` */
export const edgeFunctionSource = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../infra/edge/${name}.js`, import.meta.url)), "utf8");

/**
 * Runs a deployed CloudFront Function unchanged. Its context has JavaScript without Node's globals, and disables code
 * generation from strings, like the runtime of CloudFront.
 */
export function edgeFunction(
  name: string,
  source = edgeFunctionSource(name),
): (request: FunctionRequest) => FunctionOutcome {
  const context = createContext({}, { codeGeneration: { strings: false, wasm: false } });
  new Script(source, { filename: `${name}.js` }).runInContext(context);
  const call = new Script("JSON.stringify(handler(JSON.parse(event)))");
  return (request) => {
    context.event = JSON.stringify(eventOf(request));
    return JSON.parse(call.runInContext(context));
  };
}

const HOST = "d111111abcdef8.cloudfront.net";

/** The event of a viewer request (event structure 1.0). */
function eventOf({ method, uri, query = "", headers = { host: HOST } }: FunctionRequest) {
  const { cookie = "", ...others } = headers;
  const pairs = cookie.split("; ").filter((pair) => pair !== "");
  return {
    version: "1.0",
    context: {
      distributionDomainName: HOST,
      distributionId: "EDFDVBD6EXAMPLE",
      eventType: "viewer-request",
      requestId: "EXAMPLEntjQpEXAMPLE_SG5Z-EXAMPLEPmPfEXAMPLEu3EqEXAMPLE==",
    },
    viewer: { ip: "198.51.100.11" },
    request: {
      method,
      uri,
      querystring: valuesOf(
        query
          .split("&")
          .filter((pair) => pair !== "")
          .map(namedValue),
      ),
      headers: valuesOf(Object.entries(others)),
      cookies: valuesOf(pairs.map((pair) => [pair.split("=")[0] ?? "", pair.slice(pair.indexOf("=") + 1)])),
    },
  };
}

/** A name and its value, encoded as they were sent. */
const namedValue = (pair: string) => {
  const [name = "", ...value] = pair.split("=");
  return [name, value.join("=")] as const;
};

const valuesOf = (entries: readonly (readonly [string, string])[]) =>
  Object.fromEntries(entries.map(([name, value]) => [name, { value }]));
