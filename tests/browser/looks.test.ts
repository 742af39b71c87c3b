import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { demoSite, type Site } from "../support/a-site.ts";
import { type Visit, visit } from "../support/a-visit.ts";
import { openBrowser } from "../support/browser.ts";

let site: Site;
let browser: Browser;
let seen: Visit;

beforeAll(async () => {
  [site, browser] = await Promise.all([demoSite(), openBrowser()]);
});
afterEach(() => seen?.close());
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

describe("under the pointer", () => {
  it("a term explains itself, a click keeps it open, and leaving closes it", async () => {
    seen = await visit(browser, site);
    await seen.open("/");
    const { page } = seen;
    const note = page.locator("[popover]:popover-open");
    await page.getByRole("button", { name: "Hot share" }).hover();
    await note.waitFor();
    await page.mouse.down();
    await page.mouse.up();
    expect(await note.innerText()).toMatch(/÷ volume/);
    await page.mouse.move(5, 5);
    await note.waitFor({ state: "detached" });
  });
});
