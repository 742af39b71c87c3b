import * as v from "valibot";
import { ScanError } from "../scan-error.ts";
import { type GithubAccess, getFromApi, jsonOf } from "./github-api.ts";

export interface ListedRepository {
  readonly name: string;
  readonly isArchived: boolean;
  readonly isFork: boolean;
}

/** Pages of 100: more repositories than this are refused. */
const MOST_PAGES = 100;

const pageSchema = v.array(
  v.object({
    name: v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]{1,100}$/)),
    archived: v.optional(v.boolean(), false),
    fork: v.optional(v.boolean(), false),
  }),
);

/**
 * All repositories of an organisation or a user, page by page, in the order of their names.
 * @throws ScanError, also when the limit of requests ends in between
 */
export async function listRepositories(
  owner: string,
  access: GithubAccess,
): Promise<readonly ListedRepository[]> {
  try {
    return await listed("orgs", owner, access);
  } catch (failure) {
    // Only the list of an organisation has its private repositories, and a user has none.
    if (!(failure instanceof ScanError) || failure.failure !== "not-found") throw failure;
    return listed("users", owner, access);
  }
}

async function listed(
  kind: "orgs" | "users",
  owner: string,
  access: GithubAccess,
): Promise<readonly ListedRepository[]> {
  const what = `the repositories of ${owner}`;
  const first = new URL(`${access.apiUrl}/${kind}/${owner}/repos?per_page=100&sort=full_name`);
  const found = new Map<string, ListedRepository>();
  const seen = new Set<string>();
  for (let next: URL | null = first; next !== null; ) {
    if (seen.size >= MOST_PAGES || seen.has(next.href)) {
      throw new ScanError(
        "too-large",
        `GitHub lists ${what} on more than ${MOST_PAGES} pages, or repeats one. Scan them one by one.`,
      );
    }
    seen.add(next.href);
    const answer = await getFromApi(next, what, access);
    const page = v.safeParse(pageSchema, await jsonOf(answer, access));
    if (!page.success)
      throw new ScanError("unreachable", `GitHub's list of ${what} is not understood. Try again later.`);
    for (const { name, archived, fork } of page.output) {
      found.set(name, { name, isArchived: archived, isFork: fork });
    }
    next = nextPage(answer.response.headers.get("link"), next);
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Of RFC 8288, as GitHub writes it. A page at another host is not asked for. */
function nextPage(link: string | null, current: URL): URL | null {
  const links = (link ?? "").split(",").map((part) => /^\s*<([^>]+)>\s*;.*\brel="?next"?/.exec(part)?.[1]);
  const text = links.find((url) => url !== undefined);
  const url = text === undefined || !URL.canParse(text, current.href) ? null : new URL(text, current);
  return url?.origin === current.origin ? url : null;
}
