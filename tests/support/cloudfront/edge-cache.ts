import type { CacheTimes } from "./distribution.ts";

/** A response as the origin gave it, before the headers of the viewer are added. */
export interface OriginResponse {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly setCookies: readonly string[];
  readonly body: Uint8Array;
}

/** What the edge keeps of the origins, by the cache key. */
export interface EdgeCache {
  /** @param at seconds */
  get(key: string, at: number): OriginResponse | null;
  put(key: string, response: OriginResponse, times: CacheTimes, at: number): void;
}

/** CloudFront keeps an error of an origin so long, in seconds, where the distribution says nothing else. */
const ERROR_TIME = 10;

const KEPT_ERRORS: ReadonlySet<number> = new Set([404, 405, 414, 500, 501, 502, 503, 504]);

export function edgeCache(): EdgeCache {
  const kept = new Map<string, { readonly response: OriginResponse; readonly until: number }>();
  return {
    get(key, at) {
      const found = kept.get(key);
      return found !== undefined && at < found.until ? found.response : null;
    },
    put(key, response, times, at) {
      const time =
        response.status < 400 ? timeOf(response, times) : KEPT_ERRORS.has(response.status) ? ERROR_TIME : 0;
      if (time > 0) kept.set(key, { response, until: at + time });
    },
  };
}

/** Seconds: what the origin asks for, within the times of the policy. A minimum of more than 0 outlasts `no-cache` and `private`. */
function timeOf({ headers }: OriginResponse, { min, max, byDefault }: CacheTimes): number {
  const control = headers["cache-control"] ?? "";
  if (/\b(no-cache|no-store|private)\b/.test(control)) return min;
  const age = /\b(?:s-maxage|max-age)=(\d{1,10})/.exec(control)?.[1];
  return Math.min(Math.max(age === undefined ? byDefault : Number(age), min), max);
}
