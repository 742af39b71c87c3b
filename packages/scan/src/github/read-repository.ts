import { readArchive } from "../archive/read-archive.ts";
import type { RepositoryFiles } from "../repository-file.ts";
import { ScanError } from "../scan-error.ts";
import { type GithubAccess, getFromApi } from "./github-api.ts";

const MOST_REDIRECTS = 5;

/**
 * The configuration files of a repository, from its archive: nothing is cloned or written.
 * @param ref a branch, tag or commit; `null` is the default branch
 * @throws ScanError
 */
export async function readRepository(
  { owner, name, ref }: { readonly owner: string; readonly name: string; readonly ref: string | null },
  access: GithubAccess,
): Promise<RepositoryFiles> {
  const place = `${owner}/${name}${ref === null ? "" : `@${ref}`}`;
  const path = `/repos/${owner}/${name}/tarball${ref === null ? "" : `/${encodeURIComponent(ref)}`}`;
  let url = new URL(`${access.apiUrl}${path}`);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const response = await getFromApi(url, `the repository ${place}`, access);
    if (response.ok) {
      if (response.body === null) throw noArchive(place);
      return readArchive(response.body, place);
    }
    await response.body?.cancel();
    const location = response.headers.get("location") ?? "";
    if (!URL.canParse(location, url.href)) throw noArchive(place);
    const next = new URL(location, url);
    // What is https stays so.
    if (next.protocol !== url.protocol && next.protocol !== "https:") throw noArchive(place);
    url = next;
  }
  throw noArchive(place);
}

const noArchive = (place: string) =>
  new ScanError(
    "unreachable",
    `GitHub gave no archive of ${place}. Try again later, or clone it and scan the folder.`,
  );
