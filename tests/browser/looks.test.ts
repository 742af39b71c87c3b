import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../support/browser.ts";
import { collisions, overflow, type Visit, visit } from "../support/page-visit.ts";
import { demoSite, type TestSite } from "../support/test-site.ts";

let site: TestSite;
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

const styles = (page: Page, selector: string, property: string) =>
  page.evaluate<readonly string[]>(
    `[...document.querySelectorAll(${JSON.stringify(selector)})].map((each) => getComputedStyle(each).${property})`,
  );

describe("on paper", () => {
  it.each([
    "/",
    "/cost-center?period=2026-02&name=Machine+Learning",
    "/workload?period=2026-02&name=ml-training",
    "/storage",
  ])("%s is one page, without buttons and navigation", async (address) => {
    seen = await visit(browser, site);
    await seen.open(address);
    const pdf = await seen.page.pdf({ preferCSSPageSize: true });
    expect(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    await seen.page.emulateMedia({ media: "print" });
    expect(await seen.page.getByRole("button", { name: /^(CSV|SVG)$/ }).count()).toBe(0);
    expect(await seen.page.getByRole("navigation", { name: "Pages" }).count()).toBe(0);
  });
});

describe("on the narrowest phone", () => {
  it.each(["/?period=2026-02", "/workload?period=2026-02&name=ml-training", "/storage"])(
    "%s fits into 320 pixels, and no name overlaps a figure",
    async (address) => {
      seen = await visit(browser, site, { width: 320, height: 700 });
      await seen.open(address);
      expect(await overflow(seen.page)).toBe(0);
      expect(await collisions(seen.page)).toEqual([]);
    },
  );
});

describe("in high contrast", () => {
  it("every part of a drawing has an edge", async () => {
    seen = await visit(browser, site, {}, { contrast: "more" });
    for (const address of ["/?period=2026-02", "/storage", "/workload?period=2026-02&name=ml-training"]) {
      await seen.open(address);
      const edges = await styles(seen.page, "main svg rect:is([data-tone], [data-kind])", "stroke");
      expect(edges.length).toBeGreaterThan(5);
      expect(new Set(edges)).toEqual(new Set(["rgb(0, 0, 0)"]));
    }
  });

  it("with the system's colors, the open page is marked in the navigation", async () => {
    seen = await visit(browser, site, {}, { forcedColors: "active" });
    await seen.open("/storage");
    const lines = await styles(seen.page, 'nav[aria-label="Pages"] a', "textDecorationLine");
    expect(lines).toEqual(["none", "underline", "none"]);
  });
});

describe("under the pointer", () => {
  it("a term opens its explanation, a click keeps it open, and leaving closes it", async () => {
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

describe("the tiers of storage", () => {
  it("have different tones", async () => {
    seen = await visit(browser, site);
    await seen.open("/storage?period=2026-02");
    const legend = seen.page.getByRole("region", { name: "Volume by tier" }).locator("li");
    const tones = await styles(seen.page, "main li rect[data-tone]", "fill");
    expect(tones).toHaveLength(7);
    expect(new Set(tones).size).toBe(7);
    expect(await legend.last().innerText()).toMatch(/^2 smaller tiers/);
  });
});
