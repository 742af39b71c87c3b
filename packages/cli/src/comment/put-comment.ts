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

/** Earlier comments with the marker that are kept: one is ours, and the others are somebody else's. */
const MOST_COMMENTS = 1_000;

/** 100 comments of GitHub's longest length have at most 40 MB; in bytes. */
const LONGEST_LIST = 64 << 20;

/** For an answer, its body included. */
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
  for (const { id, isSame } of await earlierComments(service, marker, body)) {
    if (isSame) return "unchanged";
    const status = await write(service, service.commentUrl(id), service.replaceMethod, body);
    if (status >= 200 && status < 300) return "updated";
    if (status !== 403 && status !== 404) throw refused(service, status);
  }
  const status = await write(service, service.listUrl, "POST", body);
  if (status < 200 || status >= 300) throw refused(service, status);
  return "made";
}

/** A comment with the marker. Its text is not kept: the comments of 100 pages may be longer than the memory. */
interface EarlierComment {
  readonly id: number;
  readonly isSame: boolean;
}

async function earlierComments(
  service: ReviewService,
  marker: string,
  text: string,
): Promise<readonly EarlierComment[]> {
  const found: EarlierComment[] = [];
  for (let page = 1; page <= MOST_PAGES && found.length < MOST_COMMENTS; page += 1) {
    const list = await readList(service, `${service.listUrl}?per_page=100&page=${page}`);
    for (const { id, body } of list.filter(isComment)) {
      if (body.startsWith(`${marker}\n`)) found.push({ id, isSame: body.trimEnd() === text.trimEnd() });
    }
    if (list.length < 100) break;
  }
  return found.slice(0, MOST_COMMENTS);
}

async function readList(service: ReviewService, url: string): Promise<readonly unknown[]> {
  const response = await ask(service, url, "GET");
  if (response.status !== 200) {
    await discard(response);
    throw refused(service, response.status);
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      bytes += chunk.byteLength;
      // Leaving the loop cancels the rest.
      if (bytes > LONGEST_LIST) break;
      chunks.push(chunk);
    }
  } catch {
    throw unreached(service);
  }
  if (bytes > LONGEST_LIST) {
    throw new CommandError(
      `The list of comments on ${service.place} is longer than ${LONGEST_LIST >> 20} MiB, the most that is read. Nothing was written. Delete the long comments there, then run comment again.`,
    );
  }
  const list = jsonOf(chunks);
  if (!Array.isArray(list)) throw refused(service, response.status);
  return list;
}

function jsonOf(chunks: readonly Uint8Array[]): unknown {
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    return null;
  }
}

/** The status of the answer. Its body says nothing that is needed, and may have no end. */
async function write(service: ReviewService, url: string, method: string, text: string): Promise<number> {
  const response = await ask(service, url, method, text);
  await discard(response);
  return response.status;
}

const discard = (response: Response) => response.body?.cancel().catch(() => {});

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
    throw unreached(service);
  }
}

const unreached = ({ place }: ReviewService) =>
  new CommandError(
    `${upper(place)} could not be reached. Check the network of this run, then run comment again.`,
  );

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
