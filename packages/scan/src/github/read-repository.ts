import { readArchive } from "../archive/read-archive.ts";
import type { RepositoryFiles } from "../repository-file.ts";
import { ScanError } from "../scan-error.ts";
import { type GithubAccess, type GithubTimes, getFromApi, githubTimes } from "./github-api.ts";

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
    const { response, ending } = await getFromApi(url, `the repository ${place}`, access);
    if (response.ok) {
      if (response.body === null) throw noArchive(place);
      return readArchive(arriving(response.body, ending, place, access.times ?? githubTimes), place);
    }
    await response.body?.cancel();
    const location = response.headers.get("location");
    if (location === null || !URL.canParse(location, url.href)) throw noArchive(place);
    const next = new URL(location, url);
    // What is https stays so.
    if (next.protocol !== url.protocol && next.protocol !== "https:") throw noArchive(place);
    url = next;
  }
  throw noArchive(place);
}

/**
 * The bytes of an archive as they arrive, for as long as one may take.
 * @throws ScanError which says how much had arrived: what arrives late or not at all is not a damaged archive
 */
async function* arriving(
  body: AsyncIterable<Uint8Array>,
  ending: AbortController,
  place: string,
  { archive, silence }: GithubTimes,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  const late = (what: string) =>
    new ScanError(
      "unreachable",
      `The archive of ${place} ${what}, after ${(bytes / 1_000_000).toFixed(1)} MB of it. Try again on a faster network, or clone it and scan the folder.`,
    );
  const whole = setTimeout(
    () => ending.abort(late(`did not arrive within ${archive / 1_000} seconds`)),
    archive,
  );
  const quiet = setTimeout(
    () => ending.abort(late(`stopped arriving for ${silence / 1_000} seconds`)),
    silence,
  );
  try {
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      quiet.refresh();
      yield chunk;
    }
  } catch (cause) {
    throw cause instanceof ScanError ? cause : late("broke off");
  } finally {
    clearTimeout(whole);
    clearTimeout(quiet);
  }
}

const noArchive = (place: string) =>
  new ScanError(
    "unreachable",
    `GitHub gave no archive of ${place}. Try again later, or clone it and scan the folder.`,
  );
