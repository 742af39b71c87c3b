import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../support/browser.ts";
import { textOf, type Visit, visit } from "../support/page-visit.ts";
import { demoSite, type TestSite } from "../support/test-site.ts";

// Published files that are none of ours: damaged, cut off, of another kind, or written by somebody who wants to harm. The page
// says so in a sentence, or shows what is right in them; it never runs them, hangs, or fails without a word.

let site: TestSite;
let browser: Browser;
let seen: Visit;

beforeAll(async () => {
  [site, browser] = await Promise.all([demoSite(), openBrowser()]);
  seen = await visit(browser, site);
});
afterAll(async () => {
  await seen?.close();
  await browser?.close();
  await site?.close();
});

const RAN = "globalThis.ran=1";
const utf8 = (text: string) => Buffer.from(text);

/** Seeded, so that a failure is seen again (Mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function withFlippedBits(bytes: Buffer, seed: number): Buffer {
  const random = randomOf(seed);
  const copy = Buffer.from(bytes);
  for (let flips = 0; flips < 8; flips += 1) {
    const at = Math.floor(random() * copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << Math.floor(random() * 8));
  }
  return copy;
}

type FileChange = (bytes: Buffer) => Buffer;

const anyFile: readonly (readonly [string, FileChange])[] = [
  ["empty", () => Buffer.alloc(0)],
  ["cut in half", (bytes) => bytes.subarray(0, bytes.length / 2)],
  ["a page", () => utf8(`<!doctype html><script>${RAN}</script><img src=x onerror="${RAN}">`)],
  ["a million zeros", () => Buffer.alloc(1_000_000)],
];

const documents: readonly (readonly [string, FileChange])[] = [
  ...anyFile,
  ["null", () => utf8("null")],
  ["a list", () => utf8("[]")],
  ["a text that is markup", () => utf8(JSON.stringify(`<img src=x onerror="${RAN}">`))],
  ["a prototype", () => utf8('{"__proto__":{"periods":["2026-03"]},"constructor":{"prototype":{}}}')],
  ["another schema", (bytes) => utf8(JSON.stringify({ ...JSON.parse(bytes.toString()), schema: 99 }))],
  ["lists in lists", () => utf8("[".repeat(20_000) + "]".repeat(20_000))],
  ["a number beyond all", (bytes) => utf8(bytes.toString().replace(/:-?\d+\.\d+/g, ":1e400"))],
  ["texts in the place of numbers", (bytes) => utf8(bytes.toString().replace(/:(-?\d+\.\d+)/g, ':"$1"'))],
  ["amounts that are null", (bytes) => utf8(bytes.toString().replace(/_usd":-?[\d.]+/g, '_usd":null'))],
  [
    "fields that are missing",
    (bytes) =>
      utf8(JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(bytes.toString())).slice(1)))),
  ],
];

const tables: readonly (readonly [string, FileChange])[] = [
  ...anyFile,
  ["the marks of Parquet with nothing between", () => utf8("PAR1PAR1")],
  [
    "a footer that is longer than the file",
    () => Buffer.concat([utf8("PAR1"), Buffer.alloc(4, 0xff), utf8("PAR1")]),
  ],
  ["without its end", (bytes) => bytes.subarray(0, bytes.length - 8)],
  ...Array.from({ length: 16 }, (_, seed): readonly [string, FileChange] => [
    `with flipped bits (${seed})`,
    (bytes) => withFlippedBits(bytes, seed),
  ]),
];

const files: readonly (readonly [string, RegExp, string, readonly (readonly [string, FileChange])[]])[] = [
  ["index.json", /\/data\/index\.json$/, "/", documents],
  ["trend.json", /\/trend(-\d+)?\.json$/, "/", documents],
  ["summary.json", /\/summary\.json$/, "/", documents],
  [
    "cost-by-usage-type.parquet",
    /\/cost-by-usage-type\.parquet$/,
    "/workload?name=cart&period=2026-02",
    tables,
  ],
];

describe.each(files)("a %s that is not as published", (_, file, address, changes) => {
  it.each(changes)("%s: the page says so, or shows what is right", async (_what, change) => {
    let changed = 0;
    await seen.page.route(file, async (route) => {
      const response = await route.fetch();
      changed += 1;
      await route.fulfill({ response, body: change(await response.body()) });
    });
    try {
      // It settles: nothing loads for ever.
      await seen.open(address);
    } finally {
      await seen.page.unroute(file);
    }
    expect(changed).toBeGreaterThan(0);
    expect(seen.problems).toEqual([]);
    expect(await seen.page.evaluate("globalThis.ran")).toBeUndefined();
    const text = await textOf(seen.page);
    expect(text).not.toMatch(/undefined|NaN|Infinity|\[object/);
    expect(text).toMatch(/\$\d|Try again|A newer page is needed|Nothing is published/);
    // Nothing of it stays: the next visit shows the figures.
    await seen.open(address);
    expect(await textOf(seen.page)).toMatch(/\$\d/);
  });
});
