import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from "playwright-core";
import { bundledChromium } from "./bundled-chromium.ts";

/** A Chromium to start: its path and environment. */
interface Candidate {
  readonly what: string;
  readonly path: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Selects a browser: `installed`, `playwright` or `bundled`. Unset, each is tried in this order. */
const CHOICE = "DAPANOSKOP_BROWSER";

const flags = [
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-domain-reliability",
  // The page renders equally on every machine.
  "--font-render-hinting=none",
  "--force-color-profile=srgb",
];

/**
 * Starts the first available Chromium: `CHROME_PATH`, one installed on this machine, one that Playwright installed, or the
 * one bundled with our packages (Linux on x64).
 * @throws Error naming every attempt and the solution: a test without a browser fails, it is never skipped
 */
export async function openBrowser(): Promise<Browser> {
  const failures: string[] = [];
  for await (const { what, path, env } of candidates(failures)) {
    try {
      return await chromium.launch({
        executablePath: path,
        // Playwright starts it without a sandbox, which root and most containers cannot use. It opens only our page.
        args: flags,
        env: { ...environment(), ...env },
        timeout: 30_000,
      });
    } catch (error) {
      const [first] = (error instanceof Error ? error.message : String(error)).split("\n");
      failures.push(`${what}, ${path}: ${first}`);
      // CHROME_PATH selects exactly this browser.
      if (what === "CHROME_PATH") break;
    }
  }
  throw new Error(
    `No Chromium could be started for the browser tests. Install Chrome or Chromium, or name one: CHROME_PATH=/path/to/chrome.\n${failures
      .map((failure) => `  ${failure}\n`)
      .join("")}`,
  );
}

/** A context that renders equally everywhere: American English, UTC, no animation. */
export function newContext(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  return browser.newContext({ locale: "en-US", timezoneId: "UTC", reducedMotion: "reduce", ...options });
}

async function* candidates(failures: string[]): AsyncGenerator<Candidate> {
  const named = process.env.CHROME_PATH;
  const choice = process.env[CHOICE];
  if (named !== undefined && named !== "" && choice === undefined) yield { what: "CHROME_PATH", path: named };
  if (isWanted("installed", choice)) yield* installed(failures);
  if (isWanted("playwright", choice)) {
    const path = chromium.executablePath();
    if (await isThere(path)) yield { what: "Playwright's own", path };
    else failures.push(`Playwright's own: nothing at ${path}`);
  }
  if (isWanted("bundled", choice)) {
    const bundled = await bundledChromium().catch((error: unknown) => String(error));
    if (typeof bundled === "string") failures.push(`the bundled one: ${bundled}`);
    else yield { what: "the bundled one", ...bundled };
  }
}

const isWanted = (way: string, choice: string | undefined) => choice === undefined || choice === way;

async function* installed(failures: string[]): AsyncGenerator<Candidate> {
  let found = 0;
  for (const path of usualPlaces()) {
    if (!(await isThere(path))) continue;
    found += 1;
    yield { what: "installed", path };
  }
  if (found === 0) failures.push("installed: none on PATH or in the usual places");
}

function usualPlaces(): readonly string[] {
  if (process.platform === "darwin") {
    return ["Google Chrome", "Chromium"].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (process.platform === "win32") {
    const roots = [process.env.PROGRAMFILES, process.env["PROGRAMFILES(X86)"], process.env.LOCALAPPDATA];
    return roots.flatMap((root) =>
      root === undefined ? [] : [join(root, "Google", "Chrome", "Application", "chrome.exe")],
    );
  }
  const names = ["google-chrome-stable", "google-chrome", "chromium", "chromium-browser"];
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** The process's environment without unset variables. */
function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
