import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBrowser } from "../support/browser.ts";
import { desktop, downloaded, phone, settled, textOf, type Visit, visit } from "../support/page-visit.ts";
import { demoSite, type Site } from "../support/test-site.ts";

let site: Site;
let browser: Browser;
let seen: Visit;
let page: Page;

beforeAll(async () => {
  [site, browser] = await Promise.all([demoSite(), openBrowser()]);
});

beforeEach(async () => {
  seen = await visit(browser, site);
  page = seen.page;
});

afterEach(async () => {
  expect(seen.problems).toEqual([]);
  await seen.close();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** What the keyboard holds: told as a person would, and whether one sees that it does. */
interface Held {
  readonly what: string;
  readonly isMarked: boolean;
  readonly isInSight: boolean;
}

const HELD = `(() => {
  const held = document.activeElement;
  if (held === null || held === document.body) return null;
  const style = getComputedStyle(held);
  const inner = [...held.querySelectorAll("*")].map((each) => getComputedStyle(each));
  const isMarked = [style, ...inner].some((each) =>
    (each.outlineStyle !== "none" && parseFloat(each.outlineWidth) > 0)
    // a bar of the chart is framed by a shape
    || (each.stroke !== "none" && parseFloat(each.strokeWidth) >= 2));
  const box = held.getBoundingClientRect();
  const name = held.getAttribute("aria-label") ?? held.textContent ?? "";
  return {
    what: held.localName + " " + name.replace(/\\s+/g, " ").trim().slice(0, 60),
    isMarked,
    isInSight: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
})()`;

/** Everything that the Tab key reaches, from the top of the page until it leaves it. */
async function tabbed(): Promise<readonly Held[]> {
  const order: Held[] = [];
  for (let at = 0; at < 250; at += 1) {
    await page.keyboard.press("Tab");
    const held = await page.evaluate<Held | null>(HELD);
    if (held === null) break;
    order.push(held);
  }
  return order;
}

/** Presses Tab until the keyboard holds something of this name. */
async function tabTo(what: RegExp): Promise<void> {
  for (let at = 0; at < 250; at += 1) {
    await page.keyboard.press("Tab");
    const held = await page.evaluate<Held | null>(HELD);
    if (held !== null && what.test(held.what)) return;
  }
  throw new Error(`The Tab key never reaches ${what}.`);
}

const heading = (name: string | RegExp) => page.getByRole("heading", { level: 1, name }).waitFor();
const period = () => new URL(page.url()).searchParams.get("period");

/** What can be used, by the page's own account: the keyboard has to reach each of these. */
const USABLE = `[...document.querySelectorAll("a[href], button, input, select, summary")]
  .filter((each) => each.checkVisibility() && each.getAttribute("tabindex") !== "-1"
    && (each.closest("details") === null || each.localName === "summary" || each.closest("details").open)).length`;

describe("by keyboard alone", () => {
  it.each([
    ["/?open=Storefront", desktop],
    ["/cost-center?period=2026-02&name=Storefront", desktop],
    ["/workload?period=2026-02&name=cart", desktop],
    ["/storage", desktop],
    ["/published", desktop],
    ["/", phone],
  ])("everything on %s is reached, seen and marked while it is held", async (address, size) => {
    await page.setViewportSize(size);
    await seen.open(address);
    const order = await tabbed();
    expect(order.filter(({ isMarked }) => !isMarked).map(({ what }) => what)).toEqual([]);
    expect(order.filter(({ isInSight }) => !isInSight).map(({ what }) => what)).toEqual([]);
    const used = order.filter(({ what }) => /^(a|button|input|select|summary) /.test(what));
    expect(used.length).toBe(await page.evaluate<number>(USABLE));
  });

  it("the page is walked in the order in which it is read", async () => {
    await seen.open("/?open=Storefront");
    const order = (await tabbed()).map(({ what }) => what);
    const places = [
      /^a Skip to the figures/,
      /^a Dapanoskop/,
      /^a Overview/,
      /^select Look/,
      /^a Previous month/,
      /^a Mar 2026|^a Mar/,
      /^button Where March will end/,
      /^a March 2026, so far/, // the chart's bar
      /^input Find a cost center or workload/,
      /^button So far/,
      /^button Workloads/,
      /^a cart/,
      /^a Tiers and services/,
      /^a Every published month/,
    ];
    let at = -1;
    for (const place of places) {
      const next = order.findIndex((what, index) => index > at && place.test(what));
      expect(next, `${place} after ${order[at] ?? "the top"}`).toBeGreaterThan(at);
      at = next;
    }
  });

  it("one skips to the figures", async () => {
    await seen.open("/");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.evaluate<string>("document.activeElement.id")).toBe("main");
    await page.keyboard.press("Tab");
    expect((await page.evaluate<Held>(HELD)).what).toMatch(/^button estimate/);
  });

  it("arrow keys step from month to month, on every page, and keep the place", async () => {
    await seen.open("/cost-center?name=Storefront");
    await page.keyboard.press("ArrowLeft");
    await page.getByText("against January 2026").first().waitFor();
    expect([period(), new URL(page.url()).pathname]).toEqual(["2026-02", "/cost-center"]);
    await page.keyboard.press("ArrowRight");
    await page.getByText("7 of 31 days").first().waitFor();
    expect(period()).toBe("2026-03");
    await page.keyboard.press("ArrowRight");
    expect(period(), "there is no next month").toBe("2026-03");
  });

  it("arrow keys typed into a field stay in the field", async () => {
    await seen.open("/?period=2026-02");
    await tabTo(/^input Find/);
    await page.keyboard.type("ml");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.type("x");
    expect(await page.getByRole("searchbox").inputValue()).toBe("mxl");
    expect(period()).toBe("2026-02");
  });

  it("the months and their keys are links that Enter follows", async () => {
    await seen.open("/");
    await tabTo(/^a Previous month/);
    await page.keyboard.press("Enter");
    await heading(/February 2026/);
    await tabTo(/^a Nov/);
    await page.keyboard.press("Enter");
    await heading(/November 2025/);
    expect(period()).toBe("2025-11");
  });

  it("the chart is one stop: arrows walk its bars and tell their figures, Enter opens the month", async () => {
    await seen.open("/");
    await tabTo(/^a March 2026, so far/);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    expect((await page.evaluate<Held>(HELD)).what).toMatch(/^a January 2026: \$88,261\.84/);
    await page.getByRole("heading", { level: 3, name: "January 2026" }).waitFor();
    await page.keyboard.press("Home");
    expect((await page.evaluate<Held>(HELD)).what).toMatch(/^a March 2025: /);
    await page.keyboard.press("ArrowLeft");
    expect((await page.evaluate<Held>(HELD)).what, "there is none before").toMatch(/^a March 2025: /);
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    await heading(/February 2026/);
    expect(period()).toBe("2026-02");
  });

  it("the table is sorted, searched and unfolded, and its links are followed", async () => {
    await seen.open("/?period=2026-02");
    const table = page.getByRole("table", { name: "Cost centers and their workloads" });
    const first = () => table.locator("tbody tr th").first().innerText();
    await tabTo(/^button Cost center/);
    await page.keyboard.press("Enter");
    expect(await first()).toContain("Corporate IT");
    await page.keyboard.press("Space");
    expect(await first()).toContain("Uncategorized");
    expect(await table.locator("th[aria-sort]").getAttribute("aria-sort")).toBe("descending");
    await tabTo(/^button Workloads/);
    await page.keyboard.press("Space");
    await table.getByRole("link", { name: "R&D <prototype>" }).waitFor();
    expect((await page.evaluate<Held>(HELD)).what, "the key stays where it was").toMatch(/^button Workloads/);
    await page.keyboard.press("Enter");
    await table.getByRole("link", { name: "R&D <prototype>" }).waitFor({ state: "detached" });
    await page.keyboard.press("Enter");
    await tabTo(/^a R&D <prototype>/);
    await page.keyboard.press("Enter");
    await heading("R&D <prototype>");
    await settled(page);
    await tabTo(/^input Find a usage type/);
    await page.keyboard.type("no such thing");
    await page.getByText("Nothing here is called like that.").waitFor();
    await page.keyboard.press("Control+A");
    await page.keyboard.press("Delete");
    expect(await textOf(page)).not.toContain("Nothing here is called like that.");
  });

  it("a term explains itself by Enter, and closes by Escape", async () => {
    await seen.open("/");
    await tabTo(/^button Hot share/);
    await page.keyboard.press("Enter");
    const note = page.locator("[popover]:popover-open");
    await note.waitFor();
    expect(await note.innerText()).toContain("Hot share");
    await page.keyboard.press("Escape");
    await note.waitFor({ state: "detached" });
    expect((await page.evaluate<Held>(HELD)).what).toMatch(/^button Hot share/);
  });

  it("the look is chosen, and stays chosen", async () => {
    await seen.open("/");
    await tabTo(/^select Look/);
    await page.keyboard.type("Dark");
    const look = () => page.evaluate<string>("document.documentElement.dataset.appearance");
    expect(await look()).toBe("dark");
    await page.reload();
    await settled(page);
    expect(await look()).toBe("dark");
  });

  it("files are taken home", async () => {
    await seen.open("/storage?period=2026-02");
    for (const [what, name] of [
      [/^button SVG/, "dapanoskop-2026-02-storage.svg"],
      [/^button CSV/, "dapanoskop-2026-02-storage.csv"],
    ] as const) {
      await tabTo(what);
      expect((await downloaded(page, () => page.keyboard.press("Enter"))).name).toBe(name);
    }
    await seen.open("/published?period=2026-02");
    await tabTo(/^a cost-by-workload\.parquet/);
    const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
    expect(download.suggestedFilename()).toBe("2026-02-cost-by-workload.parquet");
  });
});
