import type { ArtifactStore } from "@dapanoskop/core/store";
import { isArtifactKey } from "@dapanoskop/dataset";
import { contentTypeOf, ruleOf } from "@dapanoskop/edge";
import { logTo } from "@dapanoskop/functions/lambda";
import { type SessionSettings, sessionHandler } from "@dapanoskop/functions/session";
import { dataCookies } from "../../packages/functions/src/session/data-cookies.ts";
import {
  anRsaKey,
  localSigners,
  type RsaKey,
} from "../../packages/functions/src/session/testing/rsa-keys.ts";
import { bucketOrigin } from "./cloudfront/bucket-origin.ts";
import {
  cloudFrontEdge,
  type EdgeResponse,
  type Origin,
  type ViewerRequest,
} from "./cloudfront/cloudfront-edge.ts";
import { distributionOf, type ModuleResource } from "./cloudfront/distribution.ts";
import { lambdaOrigin } from "./cloudfront/lambda-origin.ts";
import { moduleResources } from "./cloudfront/module-resources.ts";

/** Lifetime of data cookies, in seconds. */
export const COOKIES_LIFE = 15 * 60;

export interface DeployedEdgeOptions {
  readonly store: ArtifactStore;
  /** The host of the distribution, with a port where it has one. */
  readonly host: string;
  readonly pool: { readonly issuer: string; readonly url: string; readonly clientId: string };
  /** A file of the page's bucket by its path; `null` where there is none. */
  readonly pageFile: (path: string) => Uint8Array | null;
  readonly allowedGroups?: readonly string[];
  /** Of the module or a plan of it; absent: the module with its least inputs. */
  readonly resources?: readonly ModuleResource[];
  readonly normalizes?: boolean;
}

/** The system behind one host, without a network: the distribution of the module, its buckets, and the session handler. */
export interface DeployedEdge {
  answer(request: ViewerRequest): Promise<EdgeResponse>;
  /** Issued access tokens, in order. */
  readonly issued: readonly string[];
  /** Why the session handler refused, in order. */
  readonly reasons: readonly string[];
  /** What reached an origin, in order: `data GET /index.json`. */
  readonly reached: readonly string[];
  readonly key: RsaKey;
  /**
   * Rotates the keys: which ones the distribution trusts, and which ones the session handler has in its settings. It signs with the
   * first.
   */
  rotate(keys: {
    readonly trusted: readonly RsaKey[];
    readonly settings: readonly [RsaKey, ...RsaKey[]];
  }): void;
  /** A `cookie` header with access to the data, as the session handler issues it. */
  dataCookies(): Promise<string>;
  /** Expires the signed cookies issued so far. Those of the next renewal are valid. */
  endDataCookies(): void;
  /** Moves the clock of the edge and of the session handler forward by some seconds. */
  pass(seconds: number): void;
}

export async function deployedEdge(options: DeployedEdgeOptions): Promise<DeployedEdge> {
  const { store, host, pool, pageFile, allowedGroups = [], normalizes = true } = options;
  const resources = options.resources ?? (await moduleResources());
  const first = anRsaKey("edge");
  let trusted: readonly RsaKey[] = [first];
  let keys: readonly [RsaKey, ...RsaKey[]] = [first];
  const reasons: string[] = [];
  const issued: string[] = [];
  const reached: string[] = [];
  let passed = 0;
  let cookieAge = 0;
  const seconds = () => Date.now() / 1_000 + passed;

  const settingsNow = (): SessionSettings => ({
    host,
    issuers: [pool.issuer],
    signInUrl: pool.url,
    clientId: pool.clientId,
    allowedGroups,
    signingKeys: [keys[0].signingKey, ...keys.slice(1).map(({ signingKey }) => signingKey)],
  });
  let settings = settingsNow();
  const handle = sessionHandler({
    settings: async () => settings,
    signerOf: (key) => localSigners(...keys)(key),
    fetch,
    now: () => Date.now() + passed * 1_000,
    log: logTo((line) => {
      const { reason } = JSON.parse(line) as { reason?: string };
      if (reason !== undefined) reasons.push(reason);
    }),
  });

  const origins: Readonly<Record<string, Origin>> = {
    data: bucketOrigin({
      isListed: isListed(resources, "data"),
      keys: () => [...("objects" in store ? (store.objects as ReadonlyMap<string, unknown>).keys() : [])],
      async get(key) {
        const found = isArtifactKey(key) ? await store.get(key) : null;
        const path = `/data/${key}`;
        return (
          found && {
            body: found.body,
            etag: found.etag,
            contentType: contentTypeOf(key),
            cacheControl: ruleOf(path).browser,
          }
        );
      },
    }),
    page: bucketOrigin({
      isListed: isListed(resources, "app"),
      keys: () => ["index.html"],
      async get(key) {
        const path = `/${key}`;
        const config = JSON.stringify({ user_pool: { domain: pool.url, client_id: pool.clientId } });
        const body = path === "/config.json" ? Buffer.from(config) : pageFile(path);
        return body && { body, contentType: contentTypeOf(key), cacheControl: ruleOf(path).browser };
      },
    }),
    session: lambdaOrigin(async (event) => {
      const given = await handle(event);
      if (given.statusCode === 200) {
        issued.push(String(JSON.parse(given.body).access_token));
        cookieAge = 0;
      }
      return given;
    }),
  };
  const noted = Object.entries(origins).map(([id, origin]): [string, Origin] => [
    id,
    (request) => {
      reached.push(`${id} ${request.method} ${request.uri}`);
      return origin(request);
    },
  ]);

  return {
    answer: cloudFrontEdge({
      distribution: distributionOf(resources),
      host,
      origins: new Map(noted),
      trusted: () => trusted.map(({ signingKey }) => signingKey),
      now: () => seconds() + cookieAge,
      normalizes,
    }),
    issued,
    reasons,
    reached,
    key: first,
    rotate(next) {
      trusted = next.trusted;
      keys = next.settings;
      settings = settingsNow();
    },
    async dataCookies() {
      const at = Math.floor(seconds());
      const cookies = await dataCookies(settings, localSigners(...keys), {
        at,
        sessionEnd: at + COOKIES_LIFE,
      });
      return cookies.map((cookie) => cookie.split(";")[0]).join("; ");
    },
    endDataCookies() {
      cookieAge = COOKIES_LIFE + 1;
    },
    pass(more) {
      passed += more;
    },
  };
}

/** Whether the policy of a bucket lets CloudFront list it. */
function isListed(resources: readonly ModuleResource[], bucket: "data" | "app"): boolean {
  const policy = resources.find(({ address }) => address === `aws_s3_bucket_policy.private["${bucket}"]`);
  if (policy === undefined) throw new Error(`The bucket ${bucket} has no policy.`);
  const text = String(policy.args.policy);
  return text.includes("cloudfront.amazonaws.com") && text.includes("s3:ListBucket");
}
