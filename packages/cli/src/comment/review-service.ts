import { readFileSync } from "node:fs";
import { CommandError } from "../errors.ts";

/** The comments of one pull or merge request, at a service that reviews code. */
export interface ReviewService {
  /** `pull request 12 of acme/web`, for messages. */
  readonly place: string;
  /** A longer comment is refused. In UTF-16 code units, which is never more than the service counts. */
  readonly longestComment: number;
  /** Of the list of comments, 100 on a page. */
  readonly listUrl: string;
  /** Of one comment, to replace its text. */
  commentUrl(id: number): string;
  readonly replaceMethod: "PATCH" | "PUT";
  readonly headers: Readonly<Record<string, string>>;
}

/** Environment variables by name. */
type CiVariables = Readonly<Record<string, string | undefined>>;

/**
 * The request that this run of CI is about, from the variables that GitHub Actions and GitLab CI set.
 * @param number of the pull request, where the event does not name it
 * @throws CommandError that names what is missing
 */
export function reviewService(variables: CiVariables, number: number | null): ReviewService {
  if (has(variables, "GITHUB_REPOSITORY")) return github(variables, number);
  if (has(variables, "CI_PROJECT_ID")) return gitlab(variables, number);
  throw new CommandError(
    "This is neither a run of GitHub Actions nor of GitLab CI: GITHUB_REPOSITORY and CI_PROJECT_ID are not set. Run comment there, or set the variables that docs/ci.md names.",
  );
}

function github(variables: CiVariables, given: number | null): ReviewService {
  const repository = variables.GITHUB_REPOSITORY ?? "";
  if (!/^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/.test(repository)) throw wrong("GITHUB_REPOSITORY", "acme/web");
  const number = given ?? eventNumber(variables.GITHUB_EVENT_PATH);
  if (number === null) {
    throw new CommandError(
      "The event of this run names no pull request. Run comment on pull_request events, or name the pull request by --number.",
    );
  }
  const token = needed(
    variables,
    "GITHUB_TOKEN",
    "Give the step github.token under this name, and the job the permission pull-requests: write.",
  );
  const api = address(variables, "GITHUB_API_URL", "https://api.github.com");
  return {
    place: `pull request ${number} of ${repository}`,
    longestComment: 65_536,
    listUrl: `${api}/repos/${repository}/issues/${number}/comments`,
    commentUrl: (id) => `${api}/repos/${repository}/issues/comments/${id}`,
    replaceMethod: "PATCH",
    headers: {
      authorization: `Bearer ${token}`,
      accept: "application/vnd.github+json",
      "x-github-api-version": "2022-11-28",
    },
  };
}

function gitlab(variables: CiVariables, given: number | null): ReviewService {
  const project = variables.CI_PROJECT_ID ?? "";
  if (!/^\d{1,18}$/.test(project)) throw wrong("CI_PROJECT_ID", "1234");
  const number = given ?? wholeNumber(variables.CI_MERGE_REQUEST_IID);
  if (number === null) {
    throw new CommandError(
      "CI_MERGE_REQUEST_IID is not set, so this pipeline is not of a merge request. Run the job on merge_request_event, or name the merge request by --number.",
    );
  }
  const token = needed(
    variables,
    "GITLAB_TOKEN",
    "Make a project access token with the scope api, and give it to the job as a masked variable: a job's own token cannot comment.",
  );
  const api = address(variables, "CI_API_V4_URL", "https://gitlab.com/api/v4");
  const notes = `${api}/projects/${project}/merge_requests/${number}/notes`;
  return {
    place: `merge request ${number} of project ${project}`,
    longestComment: 1_000_000,
    listUrl: notes,
    commentUrl: (id) => `${notes}/${id}`,
    replaceMethod: "PUT",
    headers: { "private-token": token },
  };
}

/** The number of the pull request in the event's file; `null` where it names none. */
function eventNumber(path: string | undefined): number | null {
  if (path === undefined || path === "") return null;
  try {
    const event = JSON.parse(readFileSync(path, "utf8")) as Readonly<
      Record<string, { readonly number?: unknown } | undefined>
    >;
    // A comment on a pull request is an event of an issue.
    const number = event.pull_request?.number ?? event.issue?.number;
    return typeof number === "number" && Number.isSafeInteger(number) && number > 0 ? number : null;
  } catch (cause) {
    throw new CommandError(
      "The event of this run (GITHUB_EVENT_PATH) cannot be read. Name the pull request by --number.",
      {
        cause,
      },
    );
  }
}

const wholeNumber = (text = "") => (/^[1-9]\d{0,9}$/.test(text) ? Number(text) : null);

const has = (variables: CiVariables, name: string) => (variables[name] ?? "") !== "";

function needed(variables: CiVariables, name: string, what: string): string {
  const value = variables[name] ?? "";
  if (value === "") throw new CommandError(`${name} is not set. ${what}`);
  // A header has no other characters; the value is in no message.
  if (!/^[\x21-\x7e]+$/.test(value))
    throw new CommandError(`${name} has characters that no token has. ${what}`);
  return value;
}

function address(variables: CiVariables, name: string, byDefault: string): string {
  const text = has(variables, name) ? (variables[name] ?? "") : byDefault;
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) throw wrong(name, byDefault);
  return text.replace(/\/+$/, "");
}

const wrong = (name: string, example: string) => new CommandError(`${name} must be like ${example}.`);
