import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { archiveOf } from "../testing/archives.ts";
import {
  type GithubAccess,
  type GithubTimes,
  githubPlace,
  githubTimes,
  listRepositories,
  readRepository,
} from "./index.ts";

const servers: Server[] = [];

/** A server on loopback with its requests. */
async function serve(answer: (request: IncomingMessage, response: ServerResponse) => unknown) {
  const requests: { readonly url: string; readonly authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    requests.push({ url: request.url ?? "", authorization: request.headers.authorization });
    void answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The server has no port.");
  return { url: `http://127.0.0.1:${address.port}`, requests };
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

const TOKEN = "ghp_0123456789abcdefghij";

const access = (apiUrl: string, token: string | null = TOKEN): GithubAccess => ({
  apiUrl,
  token,
  fetch,
  now: () => new Date("2026-03-08T06:00:00Z"),
});

const names = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => ({
    name: `repo-${String(from + at).padStart(3, "0")}`,
    archived: at === 0,
  }));

describe("the place of a repository", () => {
  it.each([
    ["github:acme", { owner: "acme", name: null, ref: null }],
    ["github:acme/web.site", { owner: "acme", name: "web.site", ref: null }],
    ["github:acme/web@feature/x-1", { owner: "acme", name: "web", ref: "feature/x-1" }],
  ])("is read from %s", (text, place) => expect(githubPlace(text)).toEqual(place));

  it("is none where the text is a folder", () => expect(githubPlace("./github:x")).toBeNull());

  it.each([
    "github:",
    "github:a/b/c",
    "github:a/..",
    "github:a@main",
    "github:a/b@../../x",
    "github:a/b?x=1",
    "github:-a/b",
    "github:a/b@x y",
  ])("is refused in %s", (text) => expect(() => githubPlace(text)).toThrow(/names no place at GitHub/));
});

describe("the list of repositories", () => {
  it("is read to its last page", async () => {
    const pages = [names(0, 100), names(100, 100), names(200, 17)];
    const { url, requests } = await serve((request, response) => {
      const page = Number(new URL(request.url ?? "", "http://x").searchParams.get("page") ?? "1");
      const next =
        page < 3
          ? {
              link: `<${url}/orgs/acme/repos?per_page=100&page=${page + 1}>; rel="next", <${url}/orgs/acme/repos?page=3>; rel="last"`,
            }
          : {};
      response.writeHead(200, { "content-type": "application/json", ...next });
      response.end(JSON.stringify(pages[page - 1]));
    });
    const listed = await listRepositories("acme", access(url));
    expect(listed).toHaveLength(217);
    expect(listed[0]).toEqual({ name: "repo-000", isArchived: true, isFork: false });
    expect(requests.map(({ authorization }) => authorization)).toEqual(Array(3).fill(`Bearer ${TOKEN}`));
  });

  it("is asked for as GitHub documents it, and read in the order of the names", async () => {
    const headers: unknown[] = [];
    const { url, requests } = await serve((request, response) => {
      headers.push([
        request.headers["x-github-api-version"],
        request.headers.accept,
        request.headers["user-agent"],
      ]);
      response.writeHead(200).end(JSON.stringify([{ name: "b", fork: true }, { name: "a" }]));
    });
    expect(await listRepositories("acme", access(url, null))).toEqual([
      { name: "a", isArchived: false, isFork: false },
      { name: "b", isArchived: false, isFork: true },
    ]);
    expect(requests).toEqual([
      { url: "/orgs/acme/repos?per_page=100&sort=full_name", authorization: undefined },
    ]);
    expect(headers).toEqual([["2022-11-28", "application/vnd.github+json", "dapanoskop"]]);
  });

  it.each([
    [100, /^217$/],
    [101, /more than 100 pages/],
  ])("is read from 100 pages at most: %i", async (pages, outcome) => {
    const { url } = await serve((request, response) => {
      const page = Number(new URL(request.url ?? "", "http://x").searchParams.get("page") ?? "1");
      const link = page < pages ? { link: `<${url}/orgs/acme/repos?page=${page + 1}>; rel=next` } : {};
      response.writeHead(200, link).end(JSON.stringify(page === 1 ? names(0, 217) : []));
    });
    const listed = listRepositories("acme", access(url)).then(({ length }) => `${length}`, String);
    expect(await listed).toMatch(outcome);
  });

  it.each([
    "no JSON",
    "{}",
    '[{"name":"../x"}]',
    '[{"name":"a","fork":"yes"}]',
    `[{"name":"${"a".repeat(101)}"}]`,
  ])("is not understood where it is %s", async (body) => {
    const { url } = await serve((_request, response) => response.writeHead(200).end(body));
    await expect(listRepositories("acme", access(url))).rejects.toThrow(
      "GitHub's list of the repositories of acme is not understood. Try again later.",
    );
  });

  it("is a user's where no organisation has the name", async () => {
    const { url } = await serve((request, response) => {
      const isUser = request.url?.startsWith("/users/") === true;
      response.writeHead(isUser ? 200 : 404).end(JSON.stringify(isUser ? names(0, 1) : {}));
    });
    expect(await listRepositories("acme", access(url))).toHaveLength(1);
  });

  it.each([
    [{ "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1772953200" }, 403, "2026-03-08T07:00:00Z"],
    [{ "retry-after": "60" }, 429, "2026-03-08T06:01:00Z"],
    [{ "x-ratelimit-remaining": "0" }, 429, "a time that it does not tell"],
    [{ "x-ratelimit-remaining": "0", "x-ratelimit-reset": "0" }, 403, "a time that it does not tell"],
    [{ "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1e13" }, 403, "a time that it does not tell"],
    [{ "retry-after": "30", "x-ratelimit-reset": "1772953200" }, 403, "2026-03-08T06:00:30Z"],
  ])("stops at the limit and says when it is reset: %#", async (headers, status, time) => {
    const { url, requests } = await serve((_request, response) =>
      response.writeHead(status, headers).end("{}"),
    );
    const failure = await listRepositories("acme", access(url)).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      failure: "rate-limited",
      message: expect.stringContaining(`reset at ${time}`),
    });
    expect(requests).toHaveLength(1);
  });

  it("asks no other host for a page, and no page twice", async () => {
    const { url } = await serve((_request, response) =>
      response
        .writeHead(200, { link: '<http://127.0.0.1:9/x>; rel="next"' })
        .end(JSON.stringify(names(0, 2))),
    );
    expect(await listRepositories("acme", access(url))).toHaveLength(2);
    const relative = await serve((request, response) => {
      const isLast = request.url?.includes("page=2") === true;
      response
        .writeHead(200, isLast ? {} : { link: '</orgs/acme/repos?page=2>; rel="next"' })
        .end(JSON.stringify(isLast ? names(2, 3) : names(0, 2)));
    });
    expect(await listRepositories("acme", access(relative.url))).toHaveLength(5);
    const broken = await serve((_request, response) =>
      response.writeHead(200, { link: '<http://>; rel="next"' }).end(JSON.stringify(names(0, 2))),
    );
    expect(await listRepositories("acme", access(broken.url))).toHaveLength(2);
    const circle = await serve((request, response) =>
      response.writeHead(200, { link: `<${circle.url}${request.url}>; rel="next"` }).end("[]"),
    );
    await expect(listRepositories("acme", access(circle.url))).rejects.toThrow(/repeats one/);
  });

  it.each([
    [401, "not-allowed"],
    [403, "not-allowed"],
    [404, "not-found"],
    [400, "unreachable"],
    [429, "unreachable"],
    [500, "unreachable"],
  ])("says of %i what to do, without the token", async (status, failure) => {
    const { url } = await serve((_request, response) => response.writeHead(status).end(TOKEN));
    const error = await listRepositories("acme", access(url)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ failure });
    expect(String(error)).not.toContain("limit of requests");
    expect(JSON.stringify([String(error), error])).not.toContain(TOKEN);
  });

  it.each<[string, (response: ServerResponse) => void]>([
    [
      "without an end",
      (response) =>
        void new Readable({
          read() {
            this.push(" ".repeat(64 << 10));
          },
        }).pipe(response),
    ],
    ["that stops", (response) => void response.write("[")],
  ])("reads no list %s", async (_, write) => {
    const { url } = await serve((_request, response) => write(response.writeHead(200)));
    const times = { ...githubTimes, answer: 300 };
    await expect(listRepositories("acme", { ...access(url), times })).rejects.toThrow(
      /is not understood|did not answer/,
    );
  });

  it("says that a server that cannot be reached did not answer", async () => {
    const error = await listRepositories("acme", access("http://127.0.0.1:9")).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ failure: "unreachable" });
  });
});

describe("a repository", () => {
  const repository = { owner: "acme", name: "web", ref: null };

  it("is read from its archive, and the token stays with the API", async () => {
    const archive = await archiveOf([{ name: "acme-web-1/main.tf", text: "a" }]);
    const files = await serve((_request, response) => response.writeHead(200).end(archive));
    const api = await serve((_request, response) =>
      response.writeHead(302, { location: `${files.url}/acme/web/legacy.tar.gz/refs?token=signed` }).end(),
    );
    const read = await readRepository({ ...repository, ref: "feature/x" }, access(api.url));
    expect(read.files).toEqual([{ path: "main.tf", text: "a" }]);
    expect(api.requests).toEqual([
      { url: "/repos/acme/web/tarball/feature%2Fx", authorization: `Bearer ${TOKEN}` },
    ]);
    expect(files.requests.map(({ authorization }) => authorization)).toEqual([undefined]);
  });

  describe("whose archive takes time", () => {
    const half = async () => {
      const archive = await archiveOf([
        { name: "acme-web-1/main.tf", text: randomBytes(40_000).toString("hex") },
      ]);
      return [archive.subarray(0, archive.length / 2), archive.subarray(archive.length / 2)] as const;
    };
    const within = (url: string, times: Partial<GithubTimes>): GithubAccess => ({
      ...access(url),
      times: { ...githubTimes, ...times },
    });

    it("is read, also where it takes longer than an answer may take to begin", async () => {
      const [first, second] = await half();
      const { url } = await serve(async (_request, response) => {
        response.writeHead(200).write(first);
        await sleep(300);
        response.end(second);
      });
      expect((await readRepository(repository, within(url, { answer: 100 }))).files).toHaveLength(1);
    });

    it.each<[string, Partial<GithubTimes>, RegExp]>([
      ["for longer than its time", { archive: 100 }, /did not arrive within 0.1 seconds, after 0.0 MB of it/],
      ["and stops arriving", { silence: 100 }, /stopped arriving for 0.1 seconds, after 0.0 MB of it/],
    ])("%s is not said to be damaged", async (_, times, sentence) => {
      const [first] = await half();
      const { url } = await serve((_request, response) => void response.writeHead(200).write(first));
      const error = await readRepository(repository, within(url, times)).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ failure: "unreachable", message: expect.stringMatching(sentence) });
      expect(String(error)).toMatch(/The archive of acme\/web .* clone it and scan the folder\.$/);
    });

    it("and whose connection breaks is not said to be damaged", async () => {
      const [first] = await half();
      const { url } = await serve((_request, response) => {
        response.writeHead(200, { "content-length": 1_000_000 });
        response.write(first, () => response.socket?.destroy());
      });
      const error = await readRepository(repository, access(url)).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        failure: "unreachable",
        message: expect.stringMatching(/broke off, after 0.0 MB/),
      });
    });

    it("is not waited for where nothing answers", async () => {
      const { url } = await serve(() => undefined);
      await expect(readRepository(repository, within(url, { answer: 100 }))).rejects.toThrow(
        /did not answer/,
      );
    });
  });

  it("says of a private one that it needs a token", async () => {
    const { url } = await serve((_request, response) => response.writeHead(404).end());
    await expect(readRepository(repository, access(url, null))).rejects.toThrow(/private: set GITHUB_TOKEN/);
  });

  it.each([
    ["no address", {}],
    ["an address that is none", { location: "http://[" }],
    ["another protocol", { location: "ftp://127.0.0.1/x" }],
  ])("is not read from a redirect to %s", async (_name, headers) => {
    const { url, requests } = await serve((_request, response) => response.writeHead(302, headers).end());
    await expect(readRepository(repository, access(url))).rejects.toMatchObject({
      failure: "unreachable",
      message: expect.stringMatching(/^GitHub gave no archive of acme\/web\./),
    });
    expect(requests).toHaveLength(1);
  });

  it.each([
    [5, "read"],
    [6, "unreachable"],
  ])("follows five redirects: %i", async (redirects, outcome) => {
    const archive = await archiveOf([{ name: "acme-web-1/main.tf", text: "a" }]);
    const { url } = await serve((request, response) => {
      const at = Number(/\d+$/.exec(request.url ?? "")?.[0] ?? "0");
      if (at === redirects) response.writeHead(200).end(archive);
      else response.writeHead(302, { location: `/at/${at + 1}` }).end();
    });
    const found = await readRepository(repository, access(url)).then(
      () => "read",
      (error: { failure: string }) => error.failure,
    );
    expect(found).toBe(outcome);
  });

  it("follows no circle of redirects", async () => {
    const { url, requests } = await serve((request, response) =>
      response.writeHead(302, { location: request.url }).end(),
    );
    await expect(readRepository(repository, access(url))).rejects.toThrow(/gave no archive/);
    expect(requests.length).toBeLessThan(10);
  });
});
