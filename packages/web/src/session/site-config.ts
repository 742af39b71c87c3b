/** `config.json`, written by the deployment. Absent or empty where there is no sign-in. */
export interface SiteConfig {
  readonly userPool: UserPool | null;
  /** The site answers `/api/*`. */
  readonly hasApi: boolean;
}

/** The sign-in pages of a Cognito user pool, and the page's client id there. */
export interface UserPool {
  /** `https://….amazoncognito.com`, or the pool's own domain; no path. */
  readonly domain: string;
  readonly clientId: string;
}

export const CONFIG_KEY = "/config.json";

/** Parses `config.json`. @throws TypeError when its user pool is not valid */
export function parseSiteConfig(json: unknown): SiteConfig {
  const pool = field(json, "user_pool");
  const hasApi = field(json, "api") === true;
  if (pool === undefined || pool === null) return { userPool: null, hasApi };
  const domain = field(pool, "domain");
  const clientId = field(pool, "client_id");
  if (typeof domain !== "string" || typeof clientId !== "string" || !isOrigin(domain)) {
    throw new TypeError(
      "config.json has a user pool without a valid domain (https://…) or client_id. Deploy the page's configuration again.",
    );
  }
  return { userPool: { domain, clientId }, hasApi };
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  const isLoopback = hostname === "localhost" || hostname === "127.0.0.1";
  return origin === text && (protocol === "https:" || (protocol === "http:" && isLoopback));
}
