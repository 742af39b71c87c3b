import process from "node:process";
import { type RepositoryFiles, ScanError, type ScanReport, scanner } from "@dapanoskop/scan";
import { readFolder } from "@dapanoskop/scan/folder";
import {
  type GithubAccess,
  type GithubPlace,
  githubPlace,
  listRepositories,
  readRepository,
} from "@dapanoskop/scan/github";
import { installedGrammar } from "@dapanoskop/scan/grammar";
import type { CommandContext } from "../command-context.ts";
import { progressTo } from "../progress.ts";

/** What came of a folder or a repository: a report, or why there is none. */
export interface ScannedPlace {
  /** `./infra`, `acme/web`. */
  readonly place: string;
  readonly report: ScanReport | null;
  readonly failure: string | null;
}

/**
 * Scans a folder, a repository, or all repositories of an owner that are not archived. Of many, one that cannot be read stops none of the
 * others; a limit of requests stops all.
 * @throws ScanError
 */
export async function scanPlaces(
  source: string,
  tagKey: string,
  context: CommandContext,
): Promise<readonly ScannedPlace[]> {
  const place = githubPlace(source);
  const scan = scanner(installedGrammar);
  const report = (files: RepositoryFiles) => scan(files, tagKey);
  if (place === null)
    return [{ place: source, report: await report(await readFolder(source)), failure: null }];
  const access = githubAccess();
  if (place.name !== null) {
    const files = await readRepository({ ...place, name: place.name }, access);
    return [{ place: nameOf(place, place.name), report: await report(files), failure: null }];
  }
  const progress = progressTo(context.err);
  const scanned: ScannedPlace[] = [];
  try {
    const listed = (await listRepositories(place.owner, access)).filter(({ isArchived }) => !isArchived);
    for (const [at, { name }] of listed.entries()) {
      progress.update(`Repository ${at + 1} of ${listed.length}: ${name}`);
      try {
        const files = await readRepository({ ...place, name }, access);
        scanned.push({ place: nameOf(place, name), report: await report(files), failure: null });
      } catch (error) {
        if (!(error instanceof ScanError) || error.failure === "rate-limited") throw error;
        scanned.push({ place: nameOf(place, name), report: null, failure: error.message });
      }
    }
  } finally {
    progress.done();
  }
  return scanned;
}

const nameOf = ({ owner, ref }: GithubPlace, name: string) =>
  `${owner}/${name}${ref === null ? "" : `@${ref}`}`;

/** GitHub Actions sets GITHUB_API_URL. */
function githubAccess(): GithubAccess {
  const { GITHUB_API_URL: given = "https://api.github.com", GITHUB_TOKEN: token = "" } = process.env;
  if (!/^https?:$/.test(URL.canParse(given) ? new URL(given).protocol : "")) {
    throw new ScanError(
      "bad-name",
      "GITHUB_API_URL must be an address like https://github.example.com/api/v3.",
    );
  }
  return {
    apiUrl: given.replace(/\/+$/, ""),
    token: token === "" ? null : token,
    fetch,
    now: () => new Date(),
  };
}
