import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createContext, Script } from "node:vm";
import type { EdgeFunction } from "@dapanoskop/edge";

/** A viewer request of a CloudFront Function. The address is as the viewer sent it, without its query. */
export interface ViewerRequest {
  readonly method: string;
  readonly uri: string;
}

/** A response that a function returns instead of the request. */
export interface EdgeResponse {
  readonly statusCode: number;
  readonly statusDescription: string;
  readonly headers: Readonly<Record<string, { readonly value: string }>>;
  readonly body?: unknown;
}

export type EdgeOutcome = ViewerRequest | EdgeResponse;

export const isRefusal = (outcome: EdgeOutcome): outcome is EdgeResponse => "statusCode" in outcome;

/** The source of a function, as it is deployed. */
export const edgeFunctionSource = (name: EdgeFunction): string =>
  readFileSync(fileURLToPath(new URL(`../../infra/edge/${name}.js`, import.meta.url)), "utf8");

/**
 * Runs a deployed CloudFront Function unchanged. Its context has JavaScript without Node's globals, and disables code
 * generation from strings, like the runtime of CloudFront.
 */
export function edgeFunction(name: EdgeFunction): (request: ViewerRequest) => EdgeOutcome {
  const context = createContext({}, { codeGeneration: { strings: false, wasm: false } });
  new Script(edgeFunctionSource(name), { filename: `${name}.js` }).runInContext(context);
  const call = new Script("JSON.stringify(handler(JSON.parse(event)))");
  return (request) => {
    context.event = JSON.stringify(eventOf(request));
    return JSON.parse(call.runInContext(context));
  };
}

/** The event of a viewer request (event structure 1.0). */
const eventOf = ({ method, uri }: ViewerRequest) => ({
  version: "1.0",
  context: {
    distributionDomainName: "d111111abcdef8.cloudfront.net",
    distributionId: "EDFDVBD6EXAMPLE",
    eventType: "viewer-request",
    requestId: "EXAMPLEntjQpEXAMPLE_SG5Z-EXAMPLEPmPfEXAMPLEu3EqEXAMPLE==",
  },
  viewer: { ip: "198.51.100.11" },
  request: {
    method,
    uri,
    querystring: {},
    headers: { host: { value: "d111111abcdef8.cloudfront.net" } },
    cookies: {},
  },
});
