import { type DayReportDocument, renderDayReport } from "@dapanoskop/core/insight/day";
import { aDayReport } from "@dapanoskop/core/insight/day/testing";
import axe, { type AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newContext, openBrowser } from "../support/browser.ts";
import { hostileNames } from "../support/hostile-names.ts";
import { htmlPairs, textPairs } from "../support/message-pairs.ts";
import { overflow } from "../support/page-visit.ts";

// The HTML mail as a browser draws it, at the width of a small phone and of a mail program, in light and dark colors.

const screens = [320, 800].flatMap((width) =>
  (["light", "dark"] as const).map((colorScheme) => ({ width, colorScheme })),
);

const series = (names: readonly string[]) => names.map((name, at) => ({ name, costs: 100 - at * 1.5 }));
const messageOf = (names: readonly string[]) =>
  renderDayReport(aDayReport({ services: series(names), costCenters: series(names) }));
const ordinary = messageOf(["Amazon Elastic Compute Cloud - Compute", "Tax", "AWS Key Management Service"]);

let browser: Browser;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  for (const close of closing) await close();
  await browser?.close();
});

/** A mail in a browser that records what it requests: nothing. */
async function opened(html: string, { width, colorScheme }: (typeof screens)[number]) {
  const context = await newContext(browser, { viewport: { width, height: 900 }, colorScheme });
  closing.push(() => context.close());
  const page = await context.newPage();
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  await page.setContent(html);
  return { page, requests };
}

/** The pairs that a browser finds: the heading and the first figure of each row of a table with a name. */
const drawnPairs = (page: Page) =>
  page.evaluate<unknown>(`[...document.querySelectorAll("table[aria-label] tr")].flatMap((row) => {
    const [heading, figure] = row.cells;
    if (figure === undefined) return [];
    return [{ section: row.closest("table").getAttribute("aria-label"), label: heading.textContent, amount: figure.textContent }];
  })`);

/** Everything that axe finds, also what it calls minor. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const results = await page.evaluate<AxeResults>("axe.run()");
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

describe("the mail in a browser", () => {
  it.each(screens)(
    "at $width px in $colorScheme colors fits, reads with a screen reader, and requests nothing",
    async (screen) => {
      const { page, requests } = await opened(ordinary.html, screen);
      expect(await overflow(page)).toBe(0);
      expect(await violations(page)).toEqual([]);
      expect(requests).toEqual([]);
      expect(await page.title()).toBe(ordinary.subject);
      expect(await page.evaluate("document.documentElement.lang")).toBe("en");
      const background = await page.evaluate("getComputedStyle(document.body).backgroundColor");
      expect(background).toBe(screen.colorScheme === "dark" ? "rgb(19, 22, 25)" : "rgb(251, 251, 249)");
    },
  );

  it("shows the pairs of the plain text", async () => {
    const titles = [...new Set((ordinary.json as DayReportDocument).pairs.map(({ section }) => section))];
    const { page } = await opened(ordinary.html, { width: 800, colorScheme: "light" });
    expect(await drawnPairs(page)).toEqual(textPairs(ordinary, titles));
  });

  it("runs, requests and widens nothing for three hundred hostile names", async () => {
    const { page, requests } = await opened("", { width: 320, colorScheme: "dark" });
    const dialogs: string[] = [];
    page.on("dialog", (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    for (let at = 0; at < hostileNames.length; at += 10) {
      const message = messageOf(hostileNames.slice(at, at + 10));
      await page.setContent(message.html);
      expect(await drawnPairs(page)).toEqual(htmlPairs(message));
      expect(await overflow(page), JSON.stringify(hostileNames.slice(at, at + 10)).slice(0, 400)).toBe(0);
      expect(await page.locator("img, script, svg, form, iframe, input, h1 ~ h1").count()).toBe(0);
    }
    expect(dialogs).toEqual([]);
    expect(requests).toEqual([]);
  });
});
