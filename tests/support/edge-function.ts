import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createContext, Script } from "node:vm";
import type { EdgeFunction } from "@dapanoskop/edge";

/** A viewer's request as a CloudFront Function meets it. The address is what came over the wire, without its query. */
export interface ViewerRequest {
  readonly method: string;
  readonly uri: string;
}

/** What a function answers instead of letting the request pass. */
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
 * A deployed CloudFront Function, run unchanged in a context of its own, which has the language and nothing of Node,
 * with code from text switched off, as the runtime has it.
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
