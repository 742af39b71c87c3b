/**
 * How long the edge caches a file, in seconds: the minimum, maximum and default TTL. The minimum of a cached file must not
 * be 0, because then `private` and `no-cache` take precedence over the others. Where all three are 0, CloudFront does not
 * compress, and refuses a cache policy that enables compression.
 */
export const edgeTimes = {
  "for-good": 31_536_000,
  briefly: 60,
  never: 0,
} as const satisfies Readonly<Record<string, number>>;
export type EdgeTime = keyof typeof edgeTimes;

/** The origins of the edge: the bucket of the page, the bucket of the published files, the session handler, the API. */
export type EdgeOrigin = "page" | "data" | "session" | "api";

/** The CloudFront Functions that process a viewer request; each is a file of `infra/edge/`. */
export type EdgeFunction = "page-request" | "data-request";

/** The behavior of the edge for the addresses of one path pattern. */
export interface EdgeRule {
  /** Valid as a part of a resource's name. */
  readonly name: string;
  /** A path pattern of CloudFront: `*` matches any characters, including slashes. */
  readonly path: string;
  readonly origin: EdgeOrigin;
  /** Whether CloudFront requires signed cookies of the trusted key group. */
  readonly readers: "everyone" | "signed-in";
  /** `read`: GET and HEAD. */
  readonly methods: "read" | "all";
  readonly request: EdgeFunction | null;
  /** How long the edge caches a response under this path. */
  readonly edge: EdgeTime;
  /**
   * The cache-control of a file under this path, which the bucket stores with the file. The edge must not set it on every
   * response of the path, because browsers would then cache a refusal as long as a file.
   */
  readonly browser: string;
}

/** The cache-control of every response that does not set its own: refusals, errors, reports. */
export const DEFAULT_CACHE_CONTROL = "private, no-cache";

const CACHED_BY_ALL = "public, max-age=31536000, immutable";
const CACHED_BY_BROWSER = "private, max-age=31536000, immutable";
const NOT_STORED = "no-store";

const page = {
  origin: "page",
  readers: "everyone",
  methods: "read",
  request: "page-request",
  edge: "never",
} as const;

const data = {
  origin: "data",
  readers: "signed-in",
  methods: "read",
  request: "data-request",
  browser: DEFAULT_CACHE_CONTROL,
} as const;

/** Every other path: the page, its addresses, and its files without a hash in the name. A new page is visible at once. */
export const defaultRule: EdgeRule = { ...page, name: "page", path: "*", browser: "no-cache" };

const shared = (name: string, file: string): EdgeRule => ({
  ...data,
  name,
  path: `/data/${file}`,
  // An index names files that are never deleted, so an index that is a minute old is as consistent as a new one.
  edge: "briefly",
});

const handler = {
  readers: "everyone",
  methods: "all",
  request: null,
  edge: "never",
  browser: NOT_STORED,
} as const;

/** The rule of a deployment with the API, which verifies the token of each request. Without the API the default rule applies. */
export const apiRule: EdgeRule = { ...handler, name: "api", path: "/api/*", origin: "api" };

/** The first rule with a matching path applies; without one, the default rule. */
export const edgeRules: readonly EdgeRule[] = [
  { ...page, name: "config", path: "/config.json", browser: NOT_STORED },
  // Their names contain a hash of their content.
  { ...page, name: "assets", path: "/assets/*", edge: "for-good", browser: CACHED_BY_ALL },
  // Staged files never change.
  { ...data, name: "staged", path: "/data/_runs/*", edge: "for-good", browser: CACHED_BY_BROWSER },
  shared("index", "index.json"),
  shared("trend", "trend.json"),
  shared("daily", "daily.json"),
  { ...data, name: "data", path: "/data/*", edge: "never" },
  { ...handler, name: "session", path: "/auth/*", origin: "session" },
];

/** The rule of a path. The path begins with a slash and has no query string. */
export const ruleOf = (path: string): EdgeRule =>
  edgeRules.find((rule) => isUnder(path, rule.path)) ?? defaultRule;

/** The cache-control of a published file, which the bucket stores with it. */
export const cacheControlOf = (key: string): string => ruleOf(`/data/${key}`).browser;

/** Whether the page renders this address: no dot, and no rule under it. The edge returns the page for it after a reload. */
export const isDrawn = (path: string): boolean =>
  /^\/[a-z-]*$/.test(path) && ![...edgeRules, apiRule].some((rule) => rule.path.startsWith(`${path}/`));

function isUnder(path: string, pattern: string): boolean {
  if (!pattern.endsWith("*")) return path === pattern;
  return path.startsWith(pattern.slice(0, -1));
}
