/**
 * For how long the edge keeps a file, in seconds: least, most and default time are this one. The least must not be 0
 * where something is kept, since `private` and `no-cache` would win over the others; and where all are 0, CloudFront
 * packs nothing and refuses a policy that says it should.
 */
export const edgeTimes = {
  "for-good": 31_536_000,
  briefly: 60,
  never: 0,
} as const satisfies Readonly<Record<string, number>>;
export type EdgeTime = keyof typeof edgeTimes;

/** What stands behind the edge: the bucket of the page, the bucket of the published files, the session handler. */
export type EdgeOrigin = "page" | "data" | "session";

/** Functions that look at a request before anything else does; each is a file of `infra/edge/`. */
export type EdgeFunction = "page-request" | "data-request";

/** What holds for the addresses under one path. */
export interface EdgeRule {
  /** In words of a resource's name. */
  readonly name: string;
  /** A path pattern as CloudFront reads it: `*` stands for any characters, slashes too. */
  readonly path: string;
  readonly origin: EdgeOrigin;
  /** Whether CloudFront asks for signed cookies of the trusted key group. */
  readonly readers: "everyone" | "signed-in";
  /** `read`: GET and HEAD. */
  readonly methods: "read" | "all";
  readonly request: EdgeFunction | null;
  /** How long the edge keeps what it finds here. */
  readonly edge: EdgeTime;
  /**
   * The cache-control of a file here: part of the file itself, as the bucket keeps it. The edge must not write it over
   * every answer of a path: a refusal would then be kept as long as a file.
   */
  readonly browser: string;
}

/** The cache-control of every answer that brings none of its own: refusals, errors, reports. */
export const UNLESS_SAID = "private, no-cache";

const KEPT_BY_ALL = "public, max-age=31536000, immutable";
const KEPT_BY_ONE = "private, max-age=31536000, immutable";
const KEPT_BY_NOBODY = "no-store";

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
  browser: UNLESS_SAID,
} as const;

/** Every other path: the page itself, its addresses, what it calls by a plain name. A new page is seen at once. */
export const defaultRule: EdgeRule = { ...page, name: "page", path: "*", browser: "no-cache" };

const shared = (name: string, file: string): EdgeRule => ({
  ...data,
  name,
  path: `/data/${file}`,
  // A reader follows an index to files that stay: one that is a minute old is as whole as a new one.
  edge: "briefly",
});

/** The first whose path fits holds; the default rule where none does. */
export const edgeRules: readonly EdgeRule[] = [
  { ...page, name: "config", path: "/config.json", browser: KEPT_BY_NOBODY },
  // Named by their content.
  { ...page, name: "assets", path: "/assets/*", edge: "for-good", browser: KEPT_BY_ALL },
  // What a run staged never changes.
  { ...data, name: "staged", path: "/data/_runs/*", edge: "for-good", browser: KEPT_BY_ONE },
  shared("index", "index.json"),
  shared("trend", "trend.json"),
  shared("daily", "daily.json"),
  { ...data, name: "data", path: "/data/*", edge: "never" },
  {
    name: "session",
    path: "/auth/*",
    origin: "session",
    readers: "everyone",
    methods: "all",
    request: null,
    edge: "never",
    browser: KEPT_BY_NOBODY,
  },
];

/** What holds for a path: it begins with a slash, and ends before any question mark. */
export const ruleOf = (path: string): EdgeRule =>
  edgeRules.find((rule) => isUnder(path, rule.path)) ?? defaultRule;

/** The cache-control that a published file is stored with. */
export const cacheControlOf = (key: string): string => ruleOf(`/data/${key}`).browser;

/** Whether the page draws this address: it has no dot, and leads to nothing else. It must survive a refresh. */
export const isDrawn = (path: string): boolean =>
  /^\/[a-z-]*$/.test(path) && !edgeRules.some((rule) => rule.path.startsWith(`${path}/`));

function isUnder(path: string, pattern: string): boolean {
  if (!pattern.endsWith("*")) return path === pattern;
  return path.startsWith(pattern.slice(0, -1));
}
