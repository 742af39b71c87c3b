import { ScanError } from "../scan-error.ts";

/** How GitHub is reached. */
export interface GithubAccess {
  /** `https://api.github.com`, or that of a GitHub Enterprise Server. */
  readonly apiUrl: string;
  /** A token that may read the repositories; `null` reads public ones. It is sent to `apiUrl` only, and is in no message. */
  readonly token: string | null;
  readonly fetch: typeof fetch;
  /** The time of the clock, for how long a limit lasts. */
  now(): Date;
  /** Absent: `githubTimes`. */
  readonly times?: GithubTimes;
}

/** In milliseconds. */
export interface GithubTimes {
  /** For an answer to begin, and for the whole of a list. */
  readonly answer: number;
  /** For the whole of an archive: one of 200 MB arrives in it at 3 Mbit/s. */
  readonly archive: number;
  /** For a silence within an archive. */
  readonly silence: number;
}

export const githubTimes: GithubTimes = { answer: 30_000, archive: 600_000, silence: 30_000 };

/** `github:owner` or `github:owner/name`, with `@` and a branch, tag or commit. */
export interface GithubPlace {
  readonly owner: string;
  readonly name: string | null;
  readonly ref: string | null;
}

/** A page of 100 repositories has some 600 KB; in bytes. */
const LONGEST_LIST = 8 << 20;

/**
 * Reads `github:owner/name@ref`.
 * @returns `null` where the text does not begin with `github:`
 * @throws ScanError when it does and is no such place
 */
export function githubPlace(text: string): GithubPlace | null {
  if (!text.startsWith("github:")) return null;
  const match =
    /^github:([A-Za-z0-9][A-Za-z0-9-]{0,38})(?:\/([A-Za-z0-9._-]{1,100}))?(?:@([^\s~^:?*[\\]{1,200}))?$/.exec(
      text,
    );
  const [, owner, name = null, ref = null] = match ?? [];
  const isDots = name === "." || name === "..";
  if (owner === undefined || isDots || (ref !== null && (name === null || ref.includes("..")))) {
    throw new ScanError(
      "bad-name",
      `${JSON.stringify(text.slice(0, 80))} names no place at GitHub. Write github:owner for all repositories, github:owner/name for one, github:owner/name@v1.2 for a branch, tag or commit.`,
    );
  }
  return { owner, name, ref };
}

/**
 * One GET to the API. Redirects are not followed here: the token must not leave the API's host.
 * @param what what is asked for, for messages: `the repository acme/web`
 * @throws ScanError on every answer that is neither 2xx nor a redirect
 */
export async function getFromApi(url: URL, what: string, access: GithubAccess): Promise<GithubAnswer> {
  const isApi = url.origin === new URL(access.apiUrl).origin;
  const headers = new Headers({ "user-agent": "dapanoskop", accept: "application/vnd.github+json" });
  headers.set("x-github-api-version", "2022-11-28");
  if (isApi && access.token !== null) headers.set("authorization", `Bearer ${access.token}`);
  const { answer: longest } = access.times ?? githubTimes;
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(unanswered(what)), longest);
  try {
    const response = await access.fetch(url, { headers, redirect: "manual", signal: ending.signal });
    if (response.ok || (response.status >= 300 && response.status < 400)) return { response, ending };
    await response.body?.cancel();
    throw refused(response, what, access);
  } catch (cause) {
    // Another cause is left out: it may repeat the request.
    throw cause instanceof ScanError ? cause : unanswered(what);
  } finally {
    clearTimeout(timer);
  }
}

/** An answer whose head has arrived; `ending` ends the rest of it. */
export interface GithubAnswer {
  readonly response: Response;
  readonly ending: AbortController;
}

const unanswered = (what: string) =>
  new ScanError("unreachable", `GitHub did not answer for ${what}. Check the network, then try again.`);

/** The JSON of an answer; `null` where it is none, too long, or does not arrive in time. */
export async function jsonOf(
  { response, ending }: GithubAnswer,
  { times = githubTimes }: GithubAccess,
): Promise<unknown> {
  const timer = setTimeout(() => ending.abort(), times.answer);
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of response.body ?? []) {
      length += chunk.byteLength;
      if (length > LONGEST_LIST) return null;
      chunks.push(chunk);
    }
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

function refused({ status, headers }: Response, what: string, { token, now }: GithubAccess): ScanError {
  const isLimited = headers.get("x-ratelimit-remaining") === "0" || headers.has("retry-after");
  if ((status === 403 || status === 429) && isLimited) {
    return new ScanError(
      "rate-limited",
      `GitHub's limit of requests is used up, so ${what} was not read. It is reset at ${resetTime(headers, now())}.${
        token === null ? " Set GITHUB_TOKEN: with a token the limit is higher." : ""
      }`,
    );
  }
  if (status === 404) {
    return new ScanError(
      "not-found",
      `GitHub does not know ${what}, or ${token === null ? "it is private: set GITHUB_TOKEN" : "the token of GITHUB_TOKEN may not read it"}.`,
    );
  }
  if (status === 401 || status === 403) {
    return new ScanError(
      "not-allowed",
      `GitHub refused ${what} (${status}). Check that the token of GITHUB_TOKEN is valid and may read it.`,
    );
  }
  return new ScanError("unreachable", `GitHub answered ${status} for ${what}. Try again later.`);
}

function resetTime(headers: Headers, now: Date): string {
  const reset = Number(headers.get("x-ratelimit-reset") ?? Number.NaN) * 1_000;
  const after = Number(headers.get("retry-after") ?? Number.NaN) * 1_000;
  const at = Number.isFinite(after) ? now.getTime() + after : reset;
  const isTime = Number.isFinite(at) && at > 0 && at < 8e15;
  return isTime ? new Date(at).toISOString().slice(0, 19).concat("Z") : "a time that it does not tell";
}
