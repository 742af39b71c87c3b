import { memoryState } from "@dapanoskop/core/state";
import { memoryStore } from "@dapanoskop/dataset/store";
import { memoryPlanFiles } from "@dapanoskop/plans";
import {
  accessClaims,
  CLIENT,
  edgeKey,
  HOST,
  ISSUER,
  testPool,
  token as tokenOf,
} from "../../session/testing/index.ts";
import type { GatewayAnswer } from "../gateway-event.ts";
import { type GatewayHandler, gatewayHandler } from "../gateway-handler.ts";

/** A request as an event of the gateway has it, whatever it may be. */
export interface AttackRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  /** Default: true. */
  readonly isSignedIn?: boolean;
  /** What the gateway's authorizer says. */
  readonly authorizer?: unknown;
}

export interface AttackedGateway {
  readonly handle: GatewayHandler;
  /** The access token of zoe, with all scopes of the page. */
  readonly token: string;
  readonly lines: readonly string[];
  send(request: AttackRequest): Promise<GatewayAnswer>;
}

const SETTINGS = JSON.stringify({
  host: HOST,
  user_pool_id: ISSUER.split("/").at(-1) ?? "",
  sign_in_host: "bill.auth.eu-central-1.amazoncognito.com",
  client_id: CLIENT,
  allowed_groups: [],
  signing_keys: [
    {
      key_pair_id: "K",
      kms_key_id: "edge",
      public_key: edgeKey.publicKey.export({ type: "spki", format: "pem" }),
    },
  ],
});

/** The API as it is deployed, over stores in memory and a bill whose failure names secrets. */
export function attackedGateway(): AttackedGateway {
  const lines: string[] = [];
  const [state, files] = [memoryState(), memoryPlanFiles()];
  const handle = gatewayHandler({
    environment: {
      DATA_BUCKET: "data",
      PLANS_BUCKET: "plans",
      STATE_TABLE: "state",
      SETTINGS_PARAMETER: "/dapanoskop/session",
    },
    store: () => memoryStore({ place: "data" }),
    state: () => state,
    files: () => files,
    source: () => {
      throw new Error("AKIAEXAMPLEKEY1234 broke in 111122223333");
    },
    pagePrice: { units: 10_000_000_000n, currency: "USD" },
    settings: () => ({ read: async () => SETTINGS }),
    fetch: testPool().fetch,
    now: () => new Date(),
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    sleep: async () => {},
    write: (line) => lines.push(line),
  });
  const scope = "dapanoskop/read dapanoskop/write";
  const token = tokenOf(accessClaims(Math.floor(Date.now() / 1_000), { scope }));
  return {
    handle,
    token,
    lines,
    send: ({
      method,
      path,
      query = "",
      headers,
      body,
      isBase64Encoded = false,
      isSignedIn = true,
      authorizer,
    }) =>
      handle(
        {
          version: "2.0",
          rawPath: path,
          rawQueryString: query,
          headers: {
            ...(isSignedIn && { authorization: `Bearer ${token}` }),
            ...(body !== undefined && { "content-type": "application/json" }),
            ...headers,
          },
          requestContext: { requestId: "gateway-1", http: { method }, authorizer },
          ...(body !== undefined && { body }),
          isBase64Encoded,
        },
        { awsRequestId: "lambda-1" },
      ),
  };
}
