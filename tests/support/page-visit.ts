import { readFile } from "node:fs/promises";
import axe, { type AxeResults } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { newContext } from "./browser.ts";
import type { TestSite } from "./test-site.ts";

/** The size of the window, and the colors. */
export interface Screen {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly colorScheme: "light" | "dark";
}

export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

/** Every size in both colors. */
export const screens: readonly Screen[] = [
  { name: "desktop, light", ...desktop, colorScheme: "light" },
  { name: "desktop, dark", ...desktop, colorScheme: "dark" },
  { name: "phone, light", ...phone, colorScheme: "light" },
  { name: "phone, dark", ...phone, colorScheme: "dark" },
];

/** An open page in a browser. Requests and problems are recorded from the start. */
export interface Visit {
  readonly page: Page;
  /** Requested addresses in order; those of the own origin without the origin. */
  readonly requests: readonly string[];
  /** Console errors and warnings, uncaught errors, and failed requests since `open`. */
  readonly problems: readonly string[];
  /** Opens an address of the site, and waits until everything is loaded and rendered. */
  open(address: string): Promise<void>;
  close(): Promise<void>;
}

export async function visit(
  browser: Browser,
  site: Pick<TestSite, "origin">,
  screen: Partial<Screen> = {},
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const { width, height, colorScheme } = { ...desktop, colorScheme: "light" as const, ...screen };
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
    // Leaving a page aborts its requests.
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

// A string, because it runs inside the page: this program is compiled without the DOM library. Sections are rendered one at a
// time, each after a paint, so the page has settled when its height is the same after three paints.
const SETTLES = `new Promise((resolve, reject) => {
  const end = Date.now() + 15_000;
  let heights = [];
  const check = () => {
    const main = document.querySelector("main");
    const waiting = [...document.querySelectorAll("[role=status]")]
      .map((each) => each.textContent ?? "")
      .filter((text) => text.startsWith("Loading"));
    const isBusy = main === null || document.querySelector('[aria-busy="true"]') !== null || waiting.length > 0;
    heights = isBusy ? [] : [...heights.slice(-2), document.documentElement.scrollHeight];
    if (heights.length === 3 && new Set(heights).size === 1) resolve();
    else if (Date.now() > end) reject(new Error("The page did not settle within 15 s. Still loading: " + waiting.join(", ")));
    else requestAnimationFrame(() => setTimeout(check, 1));
  };
  check();
})`;

/** Resolves when nothing is loading and everything is painted. */
export const settled = (page: Page): Promise<void> => page.evaluate<void>(SETTLES);

/**
 * Violations that axe calls serious or critical, each with its element.
 * @param rules `null` checks all rules
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

/** By how many CSS pixels the page is wider than the window; 0 if it does not scroll sideways. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate<number>("Math.max(0, document.documentElement.scrollWidth - window.innerWidth)");

const COLLIDES = `[...document.querySelectorAll("tbody tr")].flatMap(({ cells: [heading, figure] }) => {
  if (figure === undefined) return [];
  const written = document.createRange();
  written.selectNodeContents(heading);
  const end = Math.max(...[...written.getClientRects()].map(({ right }) => right));
  return end > figure.getBoundingClientRect().left + 1 ? [heading.textContent] : [];
})`;

/** Names in tables that overlap the figures beside them. */
export const collisions = (page: Page): Promise<readonly string[]> =>
  page.evaluate<readonly string[]>(COLLIDES);

/** The text of an element, with all white space as single spaces. */
export async function textOf(page: Page, selector = "main"): Promise<string> {
  const drawn = await page.locator(selector).first().innerText();
  return drawn.replaceAll(/\s+/g, " ");
}

/** The name and content of the file that an action saves. */
export async function downloaded(page: Page, act: () => Promise<void>) {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}
