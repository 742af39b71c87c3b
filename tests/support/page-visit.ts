import { readFile } from "node:fs/promises";
import axe, { type AxeResults } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { newContext } from "./browser.ts";
import type { Site } from "./test-site.ts";

/** How a reader looks at the page. */
export interface Look {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly colorScheme: "light" | "dark";
}

export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

/** Every size in every light. */
export const looks: readonly Look[] = [
  { name: "desktop, light", ...desktop, colorScheme: "light" },
  { name: "desktop, dark", ...desktop, colorScheme: "dark" },
  { name: "phone, light", ...phone, colorScheme: "light" },
  { name: "phone, dark", ...phone, colorScheme: "dark" },
];

/** Somebody at the page: what the browser asked for and what went wrong is written down from the first moment. */
export interface Visit {
  readonly page: Page;
  /** Addresses in the order in which they were asked for; those of our own origin without it. */
  readonly requests: readonly string[];
  /** Console errors and warnings, errors that nobody caught, requests that failed; since `open`. */
  readonly problems: readonly string[];
  /** Opens an address of ours, and waits until nothing is being loaded or drawn. */
  open(address: string): Promise<void>;
  close(): Promise<void>;
}

export async function visit(
  browser: Browser,
  site: Pick<Site, "origin">,
  look: Partial<Look> = {},
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const { width, height, colorScheme } = { ...desktop, colorScheme: "light" as const, ...look };
  const context = await newContext(browser, {
    viewport: { width, height },
    colorScheme,
    hasTouch: width < 600,
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const requests: string[] = [];
  const problems: string[] = [];
  context.on("request", (request) => {
    const url = request.url();
    requests.push(url.startsWith(`${site.origin}/`) ? url.slice(site.origin.length) : url);
  });
  context.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? "";
    // Whoever leaves a page ends what it still asked for.
    if (why !== "net::ERR_ABORTED") problems.push(`${request.url()} failed: ${why}`);
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      problems.push(`console: ${message.text()} (${message.location().url})`);
    }
  });
  page.on("pageerror", (error) => problems.push(`uncaught: ${error.stack ?? error.message}`));
  page.on("dialog", (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return {
    page,
    requests,
    problems,
    async open(address) {
      problems.length = 0;
      await page.goto(`${site.origin}${address}`);
      await settled(page);
    },
    close: () => context.close(),
  };
}

// What runs inside the page is given as text: this program knows no DOM, and a compiler's helpers stay out of the page.
// What waits for its turn is drawn one part at a time, each after a paint: quiet is what stays as it is for three of them.
const BECOMES_QUIET = `new Promise((resolve, reject) => {
  const end = Date.now() + 15_000;
  let heights = [];
  const look = () => {
    const main = document.querySelector("main");
    const waiting = [...document.querySelectorAll("[role=status]")]
      .map((each) => each.textContent ?? "")
      .filter((text) => text.startsWith("Loading"));
    const isBusy = main === null || document.querySelector('[aria-busy="true"]') !== null || waiting.length > 0;
    heights = isBusy ? [] : [...heights.slice(-2), document.documentElement.scrollHeight];
    if (heights.length === 3 && new Set(heights).size === 1) resolve();
    else if (Date.now() > end) reject(new Error("The page never came to rest: " + waiting.join(", ")));
    else requestAnimationFrame(() => setTimeout(look, 1));
  };
  look();
})`;

/** Until nothing says that it is loading, and what came was painted. */
export const settled = (page: Page): Promise<void> => page.evaluate<void>(BECOMES_QUIET);

/**
 * What axe calls serious or critical, each with the element that it is about.
 * @param rules all of them, unless a page was held against the others before in another light
 */
export async function barriers(
  page: Page,
  rules: readonly string[] | null = null,
): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const options = {
    resultTypes: ["violations"],
    ...(rules === null ? {} : { runOnly: { type: "rule", values: rules } }),
  };
  const results = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(options)})`);
  return results.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
}

/** How many CSS pixels the page is wider than what is looked through; 0 where it never scrolls sideways. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate<number>("Math.max(0, document.documentElement.scrollWidth - window.innerWidth)");

const COLLIDES = `[...document.querySelectorAll("tbody tr")].flatMap(({ cells: [heading, figure] }) => {
  if (figure === undefined) return [];
  const written = document.createRange();
  written.selectNodeContents(heading);
  const end = Math.max(...[...written.getClientRects()].map(({ right }) => right));
  return end > figure.getBoundingClientRect().left + 1 ? [heading.textContent] : [];
})`;

/** The names in tables that run into the figures beside them. */
export const collisions = (page: Page): Promise<readonly string[]> =>
  page.evaluate<readonly string[]>(COLLIDES);

/** A page's text as it is read: one space wherever there is any. */
export async function textOf(page: Page, selector = "main"): Promise<string> {
  const drawn = await page.locator(selector).first().innerText();
  return drawn.replaceAll(/\s+/g, " ");
}

/** Clicks or presses what hands out a file; its name and content. */
export async function downloaded(page: Page, act: () => Promise<void>) {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}
