import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBrowser } from "../support/browser.ts";
import { desktop, downloaded, phone, settled, textOf, type Visit, visit } from "../support/page-visit.ts";
import { demoSite, type TestSite } from "../support/test-site.ts";

let site: TestSite;
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

/** The focused element: its kind and name, and whether the focus is visible. */
interface Focused {
  readonly name: string;
  readonly isMarked: boolean;
  readonly isInSight: boolean;
}

const FOCUSED = `(() => {
  const focused = document.activeElement;
  if (focused === null || focused === document.body) return null;
  const style = getComputedStyle(focused);
  const inner = [...focused.querySelectorAll("*")].map((each) => getComputedStyle(each));
  const isMarked = [style, ...inner].some((each) =>
    (each.outlineStyle !== "none" && parseFloat(each.outlineWidth) > 0)
    // a bar of the chart shows the focus by a shape
    || (each.stroke !== "none" && parseFloat(each.strokeWidth) >= 2));
  const box = focused.getBoundingClientRect();
  const label = focused.getAttribute("aria-label") ?? focused.textContent ?? "";
  return {
    name: focused.localName + " " + label.replace(/\\s+/g, " ").trim().slice(0, 60),
    isMarked,
    isInSight: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
})()`;

/** Everything that the Tab key reaches, from the top of the page to its end. */
async function tabbed(): Promise<readonly Focused[]> {
  const order: Focused[] = [];
  for (let at = 0; at < 250; at += 1) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate<Focused | null>(FOCUSED);
    if (focused === null) break;
    order.push(focused);
  }
  return order;
}

/** Presses Tab until an element of this name is focused. */
async function tabTo(name: RegExp): Promise<void> {
  for (let at = 0; at < 250; at += 1) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate<Focused | null>(FOCUSED);
    if (focused !== null && name.test(focused.name)) return;
  }
  throw new Error(`The Tab key never reaches ${name}.`);
}

const heading = (name: string | RegExp) => page.getByRole("heading", { level: 1, name }).waitFor();
const period = () => new URL(page.url()).searchParams.get("period");

/** The number of links and controls of the page. The keyboard has to reach each of them. */
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
  ])("every control on %s can be focused, is in sight, and shows the focus", async (address, size) => {
    await page.setViewportSize(size);
    await seen.open(address);
    const order = await tabbed();
    expect(order.filter(({ isMarked }) => !isMarked).map(({ name }) => name)).toEqual([]);
    expect(order.filter(({ isInSight }) => !isInSight).map(({ name }) => name)).toEqual([]);
    const used = order.filter(({ name }) => /^(a|button|input|select|summary) /.test(name));
    expect(used.length).toBe(await page.evaluate<number>(USABLE));
  });

  it("the Tab key follows the reading order", async () => {
    await seen.open("/?open=Storefront");
    const order = (await tabbed()).map(({ name }) => name);
    const expected = [
      /^a Skip to the figures/,
      /^a Dapanoskop/,
      /^a Overview/,
      /^select Appearance/,
      /^a Previous month/,
      /^a Mar 2026|^a Mar/,
      /^button Forecast for March/,
      /^a March 2026, so far/, // the chart's bar
      /^input Find a cost center or workload/,
      /^button So far/,
      /^button Workloads/,
      /^a cart/,
      /^a Tiers and services/,
      /^a Every published month/,
    ];
    let at = -1;
    for (const pattern of expected) {
      const next = order.findIndex((name, index) => index > at && pattern.test(name));
      expect(next, `${pattern} after ${order[at] ?? "the top"}`).toBeGreaterThan(at);
      at = next;
    }
  });

  it("the first link skips to the figures", async () => {
    await seen.open("/");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.evaluate<string>("document.activeElement.id")).toBe("main");
    await page.keyboard.press("Tab");
    expect((await page.evaluate<Focused>(FOCUSED)).name).toMatch(/^button estimate/);
  });

  it("arrow keys open the next or previous month of the same page", async () => {
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

  it("arrow keys in a text field move the cursor", async () => {
    await seen.open("/?period=2026-02");
    await tabTo(/^input Find/);
    await page.keyboard.type("ml");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.type("x");
    expect(await page.getByRole("searchbox").inputValue()).toBe("mxl");
    expect(period()).toBe("2026-02");
  });

  it("Enter opens the months", async () => {
    await seen.open("/");
    await tabTo(/^a Previous month/);
    await page.keyboard.press("Enter");
    await heading(/February 2026/);
    await tabTo(/^a Nov/);
    await page.keyboard.press("Enter");
    await heading(/November 2025/);
    expect(period()).toBe("2025-11");
  });

  it("the chart has one tab stop: arrow keys move between its bars, Enter opens the month", async () => {
    await seen.open("/");
    await tabTo(/^a March 2026, so far/);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    expect((await page.evaluate<Focused>(FOCUSED)).name).toMatch(/^a January 2026: \$88,261\.84/);
    await page.getByRole("heading", { level: 3, name: "January 2026" }).waitFor();
    await page.keyboard.press("Home");
    expect((await page.evaluate<Focused>(FOCUSED)).name).toMatch(/^a March 2025: /);
    await page.keyboard.press("ArrowLeft");
    expect((await page.evaluate<Focused>(FOCUSED)).name, "there is none before").toMatch(/^a March 2025: /);
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    await heading(/February 2026/);
    expect(period()).toBe("2026-02");
  });

  it("the table can be sorted, searched and unfolded, and its links opened", async () => {
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
    expect((await page.evaluate<Focused>(FOCUSED)).name, "the focus stays").toMatch(/^button Workloads/);
    await page.keyboard.press("Enter");
    await table.getByRole("link", { name: "R&D <prototype>" }).waitFor({ state: "detached" });
    await page.keyboard.press("Enter");
    await tabTo(/^a R&D <prototype>/);
    await page.keyboard.press("Enter");
    await heading("R&D <prototype>");
    await settled(page);
    await tabTo(/^input Find a usage type/);
    await page.keyboard.type("no such thing");
    await page.getByText("No name contains this text.").waitFor();
    await page.keyboard.press("Control+A");
    await page.keyboard.press("Delete");
    expect(await textOf(page)).not.toContain("No name contains this text.");
  });

  it("Enter opens the explanation of a term, Escape closes it", async () => {
    await seen.open("/");
    await tabTo(/^button Hot share/);
    await page.keyboard.press("Enter");
    const note = page.locator("[popover]:popover-open");
    await note.waitFor();
    expect(await note.innerText()).toContain("Hot share");
    await page.keyboard.press("Escape");
    await note.waitFor({ state: "detached" });
    expect((await page.evaluate<Focused>(FOCUSED)).name).toMatch(/^button Hot share/);
  });

  it("the appearance can be chosen, and is kept", async () => {
    await seen.open("/");
    await tabTo(/^select Appearance/);
    await page.keyboard.type("Dark");
    const appearance = () => page.evaluate<string>("document.documentElement.dataset.appearance");
    expect(await appearance()).toBe("dark");
    await page.reload();
    await settled(page);
    expect(await appearance()).toBe("dark");
  });

  it("files can be saved", async () => {
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
