/** `config.json`: what infrastructure tells the page. Absent or empty where nobody signs in. */
export interface SiteConfig {
  readonly userPool: UserPool | null;
}

/** The sign-in pages of a Cognito user pool, and who we are to it. */
export interface UserPool {
  /** `https://….amazoncognito.com`, or the pool's own domain; no path. */
  readonly domain: string;
  readonly clientId: string;
}

export const CONFIG_KEY = "/config.json";

/** Parses `config.json` at the door. @throws TypeError when it names a user pool that cannot be one */
export function parseSiteConfig(json: unknown): SiteConfig {
  const pool = field(json, "user_pool");
  if (pool === undefined || pool === null) return { userPool: null };
  const domain = field(pool, "domain");
  const clientId = field(pool, "client_id");
  if (typeof domain !== "string" || typeof clientId !== "string" || !isOrigin(domain)) {
    throw new TypeError(
      "config.json names a user pool without a domain (https://…) or a client_id. Deploy the page's configuration again.",
    );
  }
  return { userPool: { domain, clientId } };
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  const isOurs = hostname === "localhost" || hostname === "127.0.0.1";
  return origin === text && (protocol === "https:" || (protocol === "http:" && isOurs));
}
