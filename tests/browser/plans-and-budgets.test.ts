import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../support/browser.ts";
import {
  barriers,
  collisions,
  desktop,
  overflow,
  phone,
  settled,
  textOf,
  type Visit,
  visit,
} from "../support/page-visit.ts";
import { demoSiteWithApi, type TestSite } from "../support/test-site.ts";

let site: TestSite;
let browser: Browser;
let seen: Visit;

beforeAll(async () => {
  [site, browser] = await Promise.all([demoSiteWithApi(), openBrowser()]);
});
afterEach(async () => {
  expect(seen.problems).toEqual([]);
  await seen.close();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const heading = (page: Page, name: string | RegExp) =>
  page.getByRole("heading", { level: 1, name }).waitFor();

describe.each([
  ["desktop", desktop],
  ["phone", phone],
])("on a %s", (_, size) => {
  it("a plan is opened from the list, read down to the charge, and compared with the one before", async () => {
    seen = await visit(browser, site, size);
    const { page } = seen;
    await seen.open("/plans");
    await page
      .getByRole("row", { name: /open, .*create 9/ })
      .or(page.getByRole("row", { name: /create 9/ }))
      .getByRole("link")
      .click();
    await heading(page, "storefront");
    await settled(page);
    expect(await textOf(page)).toMatch(/Applying this plan would add \$[\d,.]+ a month/);
    await page
      .getByRole("row", { name: /aws_instance\.web\["d"\]/ })
      .getByRole("button", { name: "Charges" })
      .click();
    await page.getByRole("row", { name: /^Instance, c6i\.2xlarge/ }).waitFor();
    expect(new URL(page.url()).searchParams.getAll("open")).toEqual(['aws_instance.web["d"]']);
    expect(await overflow(page)).toBe(0);
    expect(await collisions(page)).toEqual([]);
    expect(await barriers(page)).toEqual([]);
    const before = await textOf(page);
    await page.reload();
    await settled(page);
    expect(await textOf(page)).toBe(before);
    await page
      .getByRole("region", { name: /Compare with another plan/ })
      .getByRole("link")
      .click();
    await page.getByRole("table", { name: /Resources that differ/ }).waitFor();
    await settled(page);
    expect(await textOf(page)).toContain('aws_instance.payments["a"] only in the first');
    expect(await overflow(page)).toBe(0);
    expect(await barriers(page)).toEqual([]);
  });
});

describe("by keyboard alone", () => {
  it("a budget is made, changed and deleted", async () => {
    seen = await visit(browser, site);
    const { page } = seen;
    await seen.open("/budgets");
    await page.getByRole("link", { name: "New budget" }).focus();
    await page.keyboard.press("Enter");
    await heading(page, "New budget");
    await page.getByLabel("Name", { exact: true }).focus();
    await page.keyboard.type("Zoë's <b>budget</b>");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Work");
    await page.keyboard.press("Tab");
    await page.keyboard.type("data-lake");
    await page.getByLabel(/^Limit in/).focus();
    await page.keyboard.press("Enter");
    expect(
      await page.evaluate<string>("document.activeElement.getAttribute('aria-invalid')"),
      "the limit is missing",
    ).toBe("true");
    await page.keyboard.type("20000.50");
    await page.keyboard.press("Enter");
    await heading(page, "Budgets");
    const link = page.getByRole("link", { name: "Zoë's <b>budget</b>" });
    await link.waitFor();
    expect(await textOf(page)).toContain("of $20,000.50");

    await link.focus();
    await page.keyboard.press("Enter");
    await heading(page, "Zoë's <b>budget</b>");
    await page.getByLabel(/^Limit in/).fill("20001");
    await page.keyboard.press("Enter");
    await heading(page, "Budgets");
    await page.getByText("of $20,001.00").waitFor();

    await link.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Delete", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Delete the budget" }).waitFor();
    await page.keyboard.press("Enter");
    await heading(page, "Budgets");
    await settled(page);
    expect(await link.count()).toBe(0);
  });
});

describe("a decision by keyboard alone", () => {
  it("approves a plan and marks it as applied, which the list says", async () => {
    seen = await visit(browser, site);
    const { page } = seen;
    await seen.open("/plans");
    await page
      .getByRole("row", { name: /open, .*create 9/ })
      .or(page.getByRole("row", { name: /create 9/ }))
      .getByRole("link")
      .click();
    await heading(page, "storefront");
    const press = async (first: string, second: string, shown: RegExp) => {
      await page.getByRole("button", { name: first }).focus();
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: second }).waitFor();
      await page.keyboard.press("Enter");
      await page.getByText(shown).waitFor();
    };
    await press("Approve", "Approve this plan", /by somebody on this machine: this content alone/);
    await press("Mark as applied", "It was applied", /somebody said so on/);
    expect(await page.evaluate<string>("document.activeElement.textContent")).toContain("Applied:");
    expect(await overflow(page)).toBe(0);
    expect(await barriers(page)).toEqual([]);
    await seen.open("/plans");
    await page
      .getByRole("row", { name: /create 9/ })
      .getByText("applied, approved")
      .waitFor();
    expect(await textOf(page)).toContain("The open plan would save");
  });
});

describe("the overview", () => {
  it("says what the open plans would add and how the whole bill stands, after its own figures", async () => {
    seen = await visit(browser, site);
    await seen.open("/");
    const region = seen.page.getByRole("region", { name: "Plans and budgets" });
    await region.getByRole("heading", { name: "Whole bill" }).waitFor();
    expect(await region.innerText()).toMatch(
      /The (open plan|\d+ open plans) would (add|save) \$[\d,.]+ a month/,
    );
    const order = seen.requests.map((request) => request.replace(/\?.*/, ""));
    expect(order.indexOf("/api/open-plans")).toBeGreaterThan(
      order.findIndex((request) => request.endsWith("summary.json")),
    );
  });
});
