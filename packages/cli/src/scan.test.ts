import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { archiveOf } from "@dapanoskop/scan/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { aFolder } from "./testing/a-folder.ts";
import { dapanoskop } from "./testing/run-command.ts";

const UNTAGGED = 'resource "aws_s3_bucket" "logs" {\n}\n';
const UNDECIDED = 'resource "aws_sqs_queue" "q" {\n  tags = var.tags\n}\nvariable "tags" {}\n';
const TAGGED = 'resource "aws_sns_topic" "t" {\n  tags = { App = "web" }\n}\n';

async function repository(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await aFolder();
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const servers: Server[] = [];

/** A GitHub API on loopback: the bodies by path. */
async function github(
  answers: Readonly<Record<string, { readonly status: number; readonly body: string | Uint8Array }>>,
) {
  const server = createServer((request, response) => {
    const { status, body } = answers[request.url?.split("?")[0] ?? ""] ?? { status: 404, body: "" };
    response.writeHead(status).end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  vi.stubEnv("GITHUB_API_URL", `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`);
  vi.stubEnv("GITHUB_TOKEN", "ghp_secretsecret");
}

afterEach(() => {
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) server.close();
});

describe("dapanoskop scan", () => {
  it("lists resources without the tag by file and line", async () => {
    const folder = await repository({ "live/main.tf": `${UNTAGGED}${TAGGED}`, "b/main.tf": UNDECIDED });
    const { code, out } = await dapanoskop(["scan", folder]);
    expect(code).toBe(0);
    expect(out).toContain("2 roots; 1 resource with the tag App, 1 without, 1 undecided.");
    expect(out).toContain("Without the tag\n  live/main.tf:1  aws_s3_bucket.logs\n");
    expect(out).toContain("The files do not decide it\n  b/main.tf:1  aws_sqs_queue.q\n");
  });

  it("fails a gate on what it is told to", async () => {
    const untagged = await repository({ "main.tf": UNTAGGED });
    const undecided = await repository({ "main.tf": UNDECIDED });
    const code = async (folder: string, on: string) =>
      (await dapanoskop(["scan", folder, "--fail-on", on])).code;
    expect([await code(untagged, "untagged"), await code(untagged, "undecided")]).toEqual([4, 4]);
    expect([await code(undecided, "untagged"), await code(undecided, "undecided")]).toEqual([0, 4]);
    expect(await code(await repository({ "main.tf": TAGGED }), "undecided")).toBe(0);
  });

  it("does not pass a gate that read nothing: no file, or none that is understood", async () => {
    const place = await repository({ "readme.md": "# infra" });
    const broken = await repository({ "main.tf": "resource {{{ \n" });
    for (const folder of [place, broken]) {
      const { code, err } = await dapanoskop(["scan", folder, "--fail-on", "untagged"]);
      expect([code, err]).toEqual([
        1,
        expect.stringMatching(
          /^No Terraform or OpenTofu file in .* was read, so --fail-on untagged says nothing\./,
        ),
      ]);
    }
    expect((await dapanoskop(["scan", place])).code).toBe(0);
    const without = await repository({ "main.tf": 'variable "region" {}\n' });
    expect((await dapanoskop(["scan", without, "--fail-on", "undecided"])).code).toBe(0);
  });

  it("fails a gate where an owner has no repository with files", async () => {
    const archive = await archiveOf([{ name: "acme-web-1/readme.md", text: "# web" }]);
    await github({
      "/orgs/acme/repos": { status: 200, body: JSON.stringify([{ name: "web" }]) },
      "/repos/acme/web/tarball": { status: 200, body: archive },
    });
    expect((await dapanoskop(["scan", "github:acme", "--fail-on", "untagged"])).code).toBe(1);
    expect((await dapanoskop(["scan", "github:acme"])).code).toBe(0);
  });

  it("counts resources of types that cost nothing, and lists them in JSON only", async () => {
    const folder = await repository({ "main.tf": `${UNTAGGED}resource "aws_iam_role" "r" {}\n` });
    const { out } = await dapanoskop(["scan", folder]);
    expect(out).toContain("0 resources with the tag App, 2 without");
    expect(out).toContain("Not listed: 1 resource of types that cost nothing themselves.");
    expect(out).not.toContain("aws_iam_role");
    const json = JSON.parse((await dapanoskop(["scan", folder, "--format", "json"])).out);
    expect(json.repositories[0].findings.map((one: { is_free: boolean }) => one.is_free)).toEqual([
      false,
      true,
    ]);
  });

  it("takes another tag", async () => {
    const folder = await repository({ "main.tf": TAGGED });
    expect((await dapanoskop(["scan", folder, "--tag-key", "Team", "--fail-on", "untagged"])).code).toBe(4);
  });

  it("writes JSON for programs", async () => {
    const { out } = await dapanoskop(["scan", await repository({ "main.tf": UNTAGGED }), "--format", "json"]);
    expect(JSON.parse(out)).toMatchObject({
      schema: 1,
      tag_key: "App",
      repositories: [
        {
          failure: null,
          counts: { tagged: 0, untagged: 1, undecided: 0 },
          roots: [{ path: ".", untagged: 1 }],
          findings: [{ kind: "untagged", file: "main.tf", line: 1, address: "aws_s3_bucket.logs" }],
        },
      ],
    });
  });

  it("says of a folder without files, and of one that does not exist, what is so", async () => {
    expect((await dapanoskop(["scan", await repository({})])).out).toContain(
      "No Terraform or OpenTofu files.",
    );
    const absent = await dapanoskop(["scan", join(await aFolder(), "absent")]);
    expect([absent.code, absent.err]).toEqual([1, expect.stringContaining("cannot be read (ENOENT)")]);
    expect((await dapanoskop(["scan"])).code).toBe(2);
  });

  it("scans all repositories of an owner; one that cannot be read stops none of the others", async () => {
    const archive = await archiveOf([{ name: "acme-web-1/main.tf", text: UNTAGGED }]);
    const list = [{ name: "web" }, { name: "gone" }, { name: "old", archived: true }];
    await github({
      "/orgs/acme/repos": { status: 200, body: JSON.stringify(list) },
      "/repos/acme/web/tarball": { status: 200, body: archive },
    });
    const { code, out, err } = await dapanoskop(["scan", "github:acme"]);
    expect(code).toBe(1);
    expect(out).toContain("acme/web\n1 root; 0 resources with the tag App, 1 without");
    expect(out).toMatch(/acme\/gone\nNot read: GitHub does not know/);
    expect(out).not.toContain("acme/old");
    expect(out + err).not.toContain("ghp_secret");
  });

  it("refuses a name that is no repository, and an API that is no address", async () => {
    expect((await dapanoskop(["scan", "github:a/b/c"])).err).toContain("names no place at GitHub");
    vi.stubEnv("GITHUB_API_URL", "file:///etc");
    expect((await dapanoskop(["scan", "github:a/b"])).err).toContain("GITHUB_API_URL must be an address");
  });

  it("shows hostile names as they are, and nothing of them moves the cursor", async () => {
    const folder = await repository({ "a\u202e.tf": 'resource "aws_s3_bucket" "x" {}\n' });
    const { out } = await dapanoskop(["scan", folder]);
    expect(out).toContain("\\u202e.tf:1");
    expect(out).not.toContain("\u202e");
  });
});
