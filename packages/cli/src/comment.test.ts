import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { dapanoskop } from "./testing/run-command.ts";

const TOKEN = "secret-0123456789";
const MARKER = "<!-- dapanoskop plan web -->";

interface StoredComment {
  readonly id: number;
  body: string;
  /** Whether our token may not change it. */
  readonly isForeign?: boolean;
}

interface Call {
  readonly method: string;
  readonly url: string;
  readonly token: string;
}

/** A service that keeps comments as GitHub and GitLab do, by page. */
async function reviewServer(comments: StoredComment[], status: number | null = null) {
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "", "http://x");
    const { method = "" } = request;
    calls.push({
      method,
      url: url.pathname,
      token: String(request.headers.authorization ?? request.headers["private-token"] ?? ""),
    });
    const answer = (code: number, body: unknown) => response.writeHead(code).end(JSON.stringify(body));
    if (status !== null) return answer(status, { message: TOKEN });
    if (method === "GET") {
      const page = Number(url.searchParams.get("page"));
      return answer(200, comments.slice((page - 1) * 100, page * 100));
    }
    const { body } = (await json(request)) as { readonly body: string };
    if (method === "POST") {
      comments.push({ id: comments.length + 1, body });
      return answer(201, {});
    }
    const found = comments.find(({ id }) => url.pathname.endsWith(`/${id}`));
    if (found === undefined || found.isForeign === true) return answer(found === undefined ? 404 : 403, {});
    found.body = body;
    return answer(200, {});
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`, calls, comments };
}

/** A service whose answers have no end. With `list` only those to a comment that is written. */
async function endlessServer(status: number, list: string | null = null) {
  const block = Buffer.alloc(1 << 20, " ");
  let sent = 0;
  let open = 0;
  const server = createServer((request, response) => {
    if (request.method === "GET" && list !== null) return response.end(list);
    open += 1;
    response.on("close", () => {
      open -= 1;
    });
    response.writeHead(status);
    const more = (): void => {
      if (response.destroyed) return;
      sent += block.length;
      if (response.write(block)) setImmediate(more);
      else response.once("drain", more);
    };
    more();
    return response;
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  return { url: `http://127.0.0.1:${port}`, sent: () => sent, isClosed: () => sent > 0 && open === 0 };
}

const servers: Server[] = [];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "comment-"));
  for (const name of [
    "GITHUB_REPOSITORY",
    "GITHUB_TOKEN",
    "GITHUB_EVENT_PATH",
    "CI_PROJECT_ID",
    "GITLAB_TOKEN",
  ])
    vi.stubEnv(name, "");
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

function written(text: string, name = "plan.md"): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function onGithub(url: string, event: unknown = { pull_request: { number: 12 } }): void {
  vi.stubEnv("GITHUB_REPOSITORY", "acme/web");
  vi.stubEnv("GITHUB_TOKEN", TOKEN);
  vi.stubEnv("GITHUB_API_URL", url);
  vi.stubEnv("GITHUB_EVENT_PATH", written(JSON.stringify(event), "event.json"));
}

function onGitlab(url: string): void {
  vi.stubEnv("CI_PROJECT_ID", "77");
  vi.stubEnv("CI_MERGE_REQUEST_IID", "5");
  vi.stubEnv("GITLAB_TOKEN", TOKEN);
  vi.stubEnv("CI_API_V4_URL", `${url}/api/v4`);
}

const comment = (text: string, ...flags: readonly string[]) =>
  dapanoskop(["comment", written(text), ...flags]);

describe("dapanoskop comment", () => {
  it("makes a comment on a pull request, and updates it at the next run", async () => {
    const { url, calls, comments } = await reviewServer([{ id: 1, body: "Nice!" }]);
    onGithub(url);
    expect((await comment(`${MARKER}\n| a |\n`)).err).toBe(
      "The comment on pull request 12 of acme/web was made.\n",
    );
    expect((await comment(`${MARKER}\n| b |\n`)).err).toContain("was updated.");
    expect((await comment(`${MARKER}\n| b |\n`)).err).toContain("was left as it is.");
    expect(comments.map(({ body }) => body)).toEqual(["Nice!", `${MARKER}\n| b |\n`]);
    expect(calls.map(({ method, url: path }) => `${method} ${path}`)).toEqual([
      "GET /repos/acme/web/issues/12/comments",
      "POST /repos/acme/web/issues/12/comments",
      "GET /repos/acme/web/issues/12/comments",
      "PATCH /repos/acme/web/issues/comments/2",
      "GET /repos/acme/web/issues/12/comments",
    ]);
    expect(new Set(calls.map(({ token }) => token))).toEqual(new Set([`Bearer ${TOKEN}`]));
  });

  it("makes and updates a note on a merge request", async () => {
    const { url, calls, comments } = await reviewServer([]);
    onGitlab(url);
    await comment(`${MARKER}\na\n`);
    await comment(`${MARKER}\nb\n`);
    expect(comments).toEqual([{ id: 1, body: `${MARKER}\nb\n` }]);
    expect(calls.map(({ method, url: path }) => `${method} ${path}`)).toEqual([
      "GET /api/v4/projects/77/merge_requests/5/notes",
      "POST /api/v4/projects/77/merge_requests/5/notes",
      "GET /api/v4/projects/77/merge_requests/5/notes",
      "PUT /api/v4/projects/77/merge_requests/5/notes/1",
    ]);
    expect(calls[0]?.token).toBe(TOKEN);
  });

  it("keeps a comment for each project, wherever it is in the list", async () => {
    const others = Array.from({ length: 230 }, (_, at) => ({
      id: at + 1,
      body: `<!-- dapanoskop plan ${at} -->\nx`,
    }));
    const { url, comments } = await reviewServer(others);
    onGithub(url);
    await comment("<!-- dapanoskop plan 222 -->\nnew\n");
    expect(comments).toHaveLength(230);
    expect(comments[222]?.body).toBe("<!-- dapanoskop plan 222 -->\nnew\n");
    await comment("<!-- dapanoskop plan 22 -->\nother\n");
    expect(comments[222]?.body).toContain("new");
  });

  it("leaves somebody else's comment with the marker alone", async () => {
    const { url, comments } = await reviewServer([{ id: 1, body: `${MARKER}\nfaked`, isForeign: true }]);
    onGithub(url);
    expect((await comment(`${MARKER}\nreal\n`)).err).toContain("was made");
    expect(comments.map(({ body }) => body)).toEqual([`${MARKER}\nfaked`, `${MARKER}\nreal\n`]);
  });

  it("cuts a comment that is too long at a line, and says so", async () => {
    const { url, comments } = await reviewServer([]);
    onGithub(url);
    await comment(`${MARKER}\n${"| a row of the table |\n".repeat(5_000)}`);
    const [{ body } = { body: "" }] = comments;
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body.length).toBeGreaterThan(65_000);
    expect(body).toMatch(
      /\| a row of the table \|\n\nThe comment would be too long: the rest is in the log of the run\.\n$/,
    );
  });

  it("takes the number of an event that is a comment, and the one it is given", async () => {
    const { url, calls } = await reviewServer([]);
    onGithub(url, { issue: { number: 9 } });
    await comment(`${MARKER}\na\n`);
    onGithub(url, {});
    await comment(`${MARKER}\na\n`, "--number", "3");
    expect(calls.map(({ url: path }) => path)).toContain("/repos/acme/web/issues/9/comments");
    expect(calls.at(-1)?.url).toBe("/repos/acme/web/issues/3/comments");
  });

  it.each([401, 403, 404, 429, 500])("says of status %i what to do, without the token", async (status) => {
    const { url } = await reviewServer([], status);
    onGithub(url);
    const { code, err, out } = await comment(`${MARKER}\na\n`);
    expect(code).toBe(1);
    expect(err).toMatch(
      new RegExp(`^Pull request 12 of acme/web refused the comment \\(status ${status}\\)\\. `),
    );
    expect(err + out).not.toContain(TOKEN);
  });

  it.each<[string, number, RegExp]>([
    ["a list without an end", 200, /The list of comments on pull request 12 .* longer than 64 MiB/],
    ["a refusal without an end", 500, /pull request 12 of acme\/web refused the comment \(status 500\)/i],
  ])("ends, with a sentence, for %s", async (_, status, sentence) => {
    const { url, sent, isClosed } = await endlessServer(status);
    onGithub(url);
    const { code, err } = await comment(`${MARKER}\n| a |\n`);
    expect(code).not.toBe(0);
    expect(err).toMatch(sentence);
    expect(sent()).toBeLessThan(100 << 20);
    await vi.waitFor(() => expect(isClosed()).toBe(true));
  });

  it("does not wait for the end of an answer to a comment that was made", async () => {
    const { url, isClosed } = await endlessServer(200, "[]");
    onGithub(url);
    expect((await comment(`${MARKER}\n| a |\n`)).err).toContain("was made");
    await vi.waitFor(() => expect(isClosed()).toBe(true));
  });

  it("names what is missing", async () => {
    const failure = async () => (await comment(`${MARKER}\na\n`)).err;
    expect(await failure()).toContain("neither a run of GitHub Actions nor of GitLab CI");
    onGithub("http://127.0.0.1:9", {});
    expect(await failure()).toContain("names no pull request");
    onGithub("http://127.0.0.1:9");
    expect(await failure()).toContain("could not be reached");
    vi.stubEnv("GITHUB_TOKEN", "");
    expect(await failure()).toContain("GITHUB_TOKEN is not set");
    vi.stubEnv("GITHUB_TOKEN", "a\nb");
    expect(await failure()).toContain("has characters that no token has");
    vi.stubEnv("GITHUB_REPOSITORY", "../x");
    expect(await failure()).toContain("GITHUB_REPOSITORY must be like acme/web");
  });

  it("refuses a text that is not of a plan, and a file that is not there", async () => {
    expect((await comment("| a |\n")).err).toContain("its first line is no marker");
    expect((await dapanoskop(["comment", join(folder, "absent.md")])).err).toContain(
      "cannot be read (ENOENT)",
    );
  });
});
