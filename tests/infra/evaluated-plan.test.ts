import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Values } from "../../infra/inputs.ts";
import { evaluate } from "../../packages/terraform/src/evaluate.ts";
import { releaseFunctions, releasePage } from "../../packages/terraform/src/module/releases.ts";
import { type AwsStandIn, startAwsStandIn } from "./support/aws-stand-in.ts";
import { aTerraform, type Terraform } from "./support/terraform.ts";
import { everything, recording } from "./support/the-system.ts";
import { findTools, toolsMissing } from "./support/tools.ts";

// Policies, alarms, prices and the parity of both renderings are read off the recording as it is evaluated here, without
// Terraform. So Terraform is asked, where it is installed, whether it understands the same.

const tools = findTools();
const missing = toolsMissing(tools);
const module = fileURLToPath(new URL("../../terraform-export", import.meta.url));

const MOTOS_ACCOUNT = "123456789012";
const VERSION = "1.0.0";

const least = {
  cognito_user_pool_id: "eu-central-1_AbCdEfGhI",
  cognito_domain: "my-org.auth.eu-central-1.amazoncognito.com",
} as const satisfies Partial<Values>;

const cases: readonly (readonly [string, Partial<Values>])[] = [
  ["the least that can be given", least],
  ["everything that can be given", { ...least, ...everything }],
];

/** A value that only an apply, or a release's files, make known. */
const isOpen = (value: unknown) =>
  typeof value === "string" && /\baws_\w+\.\w+|\blocal\.|\beach\.|\bfile(base64sha256)?\(/.test(value);

/** Where a plan says something else than what was evaluated; what is open, or the provider's own addition, is left out. */
function differences(mine: unknown, planned: unknown, path: string): readonly string[] {
  if (isOpen(mine)) return [];
  if (Array.isArray(mine)) {
    if (mine.some(isOpen)) return [];
    const others = Array.isArray(planned) ? planned : [];
    if (mine.length !== others.length) return [`${path}: ${mine.length} against ${others.length}`];
    // A set has no order.
    return mine.flatMap((one, at) =>
      others.some((other) => differences(one, other, "").length === 0)
        ? []
        : differences(one, others[at], `${path}[${at}]`),
    );
  }
  if (typeof mine === "object" && mine !== null) {
    const other = (planned ?? {}) as Readonly<Record<string, unknown>>;
    return Object.entries(mine).flatMap(([name, one]) => differences(one, other[name], `${path}.${name}`));
  }
  if (typeof mine === "string" && /^[{[]/.test(mine) && typeof planned === "string") {
    return JSON.stringify(JSON.parse(mine)) ===
      JSON.stringify(sortedAs(JSON.parse(mine), JSON.parse(planned)))
      ? []
      : [`${path}: ${mine} against ${planned}`];
  }
  return String(mine) === String(planned) ? [] : [`${path}: ${String(mine)} against ${String(planned)}`];
}

/** Keys in the order of another document: jsonencode sorts them. */
function sortedAs(model: unknown, value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((one, at) => sortedAs(Array.isArray(model) ? model[at] : undefined, one));
  }
  if (typeof value !== "object" || value === null) return value;
  const like = (typeof model === "object" && model !== null ? model : {}) as Readonly<
    Record<string, unknown>
  >;
  const given = value as Readonly<Record<string, unknown>>;
  const names = [...new Set([...Object.keys(like), ...Object.keys(given)])].filter((name) => name in given);
  return Object.fromEntries(names.map((name) => [name, sortedAs(like[name], given[name])]));
}

describe.skipIf(missing !== null)(`a recording as it is evaluated, against a plan. ${missing ?? ""}`, () => {
  let aws: AwsStandIn;
  let terraform: Terraform;
  let releases: string;

  beforeAll(async () => {
    releases = await mkdtemp(join(tmpdir(), "dapanoskop-releases-"));
    for (const [path, text] of [
      ["page/index.html", "<!doctype html>"],
      ["page/assets/page-1a2b3c4d.js", "export {};"],
      ["functions/collect/index.mjs", "export {};"],
      ["functions/session/index.mjs", "export {};"],
    ] as const) {
      await mkdir(join(releases, "built", path, ".."), { recursive: true });
      await writeFile(join(releases, "built", path), text);
    }
    releasePage({ version: VERSION, folder: join(releases, "built/page") }, releases);
    releaseFunctions(
      { version: VERSION, folder: join(releases, "built/functions") },
      ["collect", "session"],
      releases,
    );
    aws = await startAwsStandIn(tools.moto ?? "");
    terraform = await aTerraform({ tools, module, endpoint: aws.url });
  });

  afterAll(async () => {
    await terraform?.remove();
    aws?.stop();
    await rm(releases, { recursive: true, force: true });
  });

  it.each(cases)("says the same with %s", { timeout: 240_000 }, async (_, inputs) => {
    const plan = await terraform.plan({
      ...inputs,
      artifacts_dir: releases,
      page_version: VERSION,
      pipeline_version: VERSION,
    });
    const { resource_changes = [] } = await plan.json();
    const planned = new Map(
      resource_changes
        .filter(({ address }) => /^aws_/.test(address))
        .map(({ address, change }) => [address.replace(/\[0\]$/, ""), change.after] as const),
    );
    const { resources } = evaluate(recording, { inputs, accountId: MOTOS_ACCOUNT });
    const mine = resources.filter(({ mode }) => mode === "resource");

    const ofFiles = /^aws_s3_object\.page(_assets)?\[/;
    const addresses = (all: Iterable<string>) => [...all].filter((one) => !ofFiles.test(one)).sort();
    expect(addresses(mine.map(({ address }) => address))).toEqual(addresses(planned.keys()));
    expect(
      mine.flatMap(({ address, args }) =>
        ofFiles.test(address) ? [] : differences(args, planned.get(address), address),
      ),
    ).toEqual([]);
  });
});

describe("a difference from a plan", () => {
  it("is found in a value, a block, a list and a document; an order or an addition is none", () => {
    expect(differences({ a: 1, b: ["x", "y"] }, { a: "1", b: ["y", "x"], c: 2 }, "r")).toEqual([]);
    expect(differences({ a: 1 }, { a: 2 }, "r")).toEqual(["r.a: 1 against 2"]);
    expect(differences({ b: [{ c: "x" }] }, { b: [{ c: "y" }] }, "r")).toEqual(["r.b[0].c: x against y"]);
    expect(differences({ b: ["x"] }, { b: ["x", "y"] }, "r")).toEqual(["r.b: 1 against 2"]);
    expect(differences({ p: '{"b":1,"a":[2]}' }, { p: '{"a":[2],"b":1}' }, "r")).toEqual([]);
    expect(differences({ p: '{"a":1}' }, { p: '{"a":2}' }, "r")).toHaveLength(1);
    expect(differences({ p: '{"a":1}' }, { p: '{"a":1,"b":2}' }, "r")).toHaveLength(1);
    expect(
      differences({ arn: "aws_s3_bucket.data.arn", all: ["aws_sns_topic.alarms.arn"] }, {}, "r"),
    ).toEqual([]);
  });
});
