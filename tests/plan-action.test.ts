import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { json } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { inputsWithoutVariable, runAction } from "./support/action-step.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const PLAN = join(root, "tests/plans/json/resize.json");

/** GitHub's comments of a pull request on loopback. */
async function pullRequest() {
  const comments: { id: number; body: string }[] = [];
  const server = createServer(async (request, response) => {
    if (request.method === "GET") return response.end(JSON.stringify(comments));
    const { body } = (await json(request)) as { readonly body: string };
    const found = comments.find(({ id }) => request.url?.endsWith(`/comments/${id}`));
    if (found === undefined) comments.push({ id: comments.length + 1, body });
    else found.body = body;
    return response.writeHead(found === undefined ? 201 : 200).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return { comments, api: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}` };
}

const run = (inputs: Readonly<Record<string, string>>, api: string, event = "pull_request") =>
  runAction(
    "action.yml",
    inputs,
    {
      "event.json": JSON.stringify({ pull_request: { number: 7 } }),
      "plan.json": readFileSync(PLAN, "utf8"),
    },
    { GITHUB_API_URL: api, GITHUB_REPOSITORY: "acme/web", GITHUB_EVENT_NAME: event },
  );

const inputs = { plan: "plan.json", project: "web", region: "eu-central-1" };

describe("the action", () => {
  it("makes one comment, updates it at the next run, and fails where the gate's rule holds", async () => {
    const { comments, api } = await pullRequest();
    const first = await run(inputs, api);
    expect({ code: first.code, err: first.err }).toMatchObject({ code: 0 });
    expect(comments).toHaveLength(1);
    expect(comments[0]?.body).toMatch(/^<!-- dapanoskop plan web -->\n/);
    expect(first.summary()).toBe(comments[0]?.body);
    const second = await run({ ...inputs, "fail-on": "replaces>0\n\ndeletes>5" }, api);
    expect(second.code).toBe(4);
    expect(comments).toHaveLength(1);
    expect(comments[0]?.body).not.toBe(first.summary());
  });

  it("comments nothing outside of a pull request, or where that is not wanted", async () => {
    const { comments, api } = await pullRequest();
    expect((await run(inputs, api, "push")).code).toBe(0);
    expect((await run({ ...inputs, comment: "false" }, api)).code).toBe(0);
    expect(comments).toEqual([]);
  });

  it("runs nothing that an input says", async () => {
    const { api } = await pullRequest();
    const { code, err } = await run({ ...inputs, plan: "$(touch injected); plan.json" }, api);
    expect(code).not.toBe(0);
    expect(err).toContain("$(touch injected)");
  });

  it("gives each input to the script under its own name", () => {
    expect(inputsWithoutVariable("action.yml")).toEqual([]);
  });
});
