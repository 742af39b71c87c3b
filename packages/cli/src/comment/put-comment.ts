import { CommandError } from "../errors.ts";
import type { ReviewService } from "./review-service.ts";

/** How a comment came to stand there. */
export type CommentOutcome = "made" | "updated" | "unchanged";

/** One comment as both services answer it. */
interface Comment {
  readonly id: number;
  readonly body: string;
}

/** Pages of 100 comments that are looked through for the earlier comment. */
const MOST_PAGES = 100;

const TIMEOUT_MS = 30_000;

/**
 * Makes the comment with this marker, or replaces the text of the one that has it. A comment of somebody else that has the marker cannot be
 * replaced and is left alone.
 * @param marker the first line of the comment, invisible: `<!-- dapanoskop plan web -->`
 * @throws CommandError
 */
export async function putComment(
  service: ReviewService,
  marker: string,
  text: string,
): Promise<CommentOutcome> {
  const body = shortened(text, service.longestComment);
  for (const comment of await commentsWith(service, marker)) {
    if (comment.body.trimEnd() === body.trimEnd()) return "unchanged";
    const { status } = await ask(service, service.commentUrl(comment.id), service.replaceMethod, body);
    if (status >= 200 && status < 300) return "updated";
    if (status !== 403 && status !== 404) throw refused(service, status);
  }
  const { status } = await ask(service, service.listUrl, "POST", body);
  if (status < 200 || status >= 300) throw refused(service, status);
  return "made";
}

async function commentsWith(service: ReviewService, marker: string): Promise<readonly Comment[]> {
  const found: Comment[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const response = await ask(service, `${service.listUrl}?per_page=100&page=${page}`, "GET");
    if (response.status !== 200) throw refused(service, response.status);
    const list: unknown = await response.json().catch(() => null);
    if (!Array.isArray(list)) throw refused(service, response.status);
    const comments = list.filter(isComment);
    found.push(...comments.filter(({ body }) => body.startsWith(`${marker}\n`)));
    if (list.length < 100) return found;
  }
  return found;
}

const isComment = (value: unknown): value is Comment =>
  typeof value === "object" &&
  value !== null &&
  "id" in value &&
  Number.isSafeInteger(value.id) &&
  "body" in value &&
  typeof value.body === "string";

async function ask(service: ReviewService, url: string, method: string, body?: string): Promise<Response> {
  try {
    const content = body === undefined ? {} : { body: JSON.stringify({ body }) };
    const headers = { "user-agent": "dapanoskop", "content-type": "application/json", ...service.headers };
    // A redirect would take the token along, or lose the text.
    return await fetch(url, {
      method,
      headers,
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...content,
    });
  } catch {
    // The cause is left out: it may repeat the request.
    throw new CommandError(
      `${upper(service.place)} could not be reached. Check the network of this run, then run comment again.`,
    );
  }
}

function refused({ place }: ReviewService, status: number): CommandError {
  const what =
    status === 401 || status === 403 || status === 404
      ? "Check that the token may write comments there"
      : status === 429
        ? "The limit of requests is used up: run comment again later"
        : "Run comment again";
  return new CommandError(`${upper(place)} refused the comment (status ${status}). ${what}.`);
}

/** The text up to the last whole line that fits, with a sentence about the rest. */
function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const rest = "\n\nThe comment would be too long: the rest is in the log of the run.\n";
  const cut = text.slice(0, longest - rest.length);
  return `${cut.slice(0, Math.max(0, cut.lastIndexOf("\n")))}${rest}`;
}

const upper = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
