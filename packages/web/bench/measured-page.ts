import type { Browser, CDPSession, Page, Request } from "playwright-core";
import { newContext } from "../../../tests/support/browser.ts";

/** An older laptop on a slow connection: CPU slowed by this factor, bandwidth in Mbit/s, latency in ms. */
export const SLOW = { cpu: 4, megabits: 20, latency: 40 };

/** What the page measured of its start, in ms since the navigation began. */
export interface MeasuredStart {
  /** When the first amount of money was painted. */
  readonly firstFigure: number;
  /** The longest task so far. */
  readonly longestTask: number;
  /** Layout shift so far: the sum of all scores, none forgiven. */
  readonly shift: number;
}

/** A page in a browser with an empty cache. It records its own start. */
export interface MeasuredPage {
  readonly page: Page;
  /** All requests, in order. */
  readonly requests: readonly Request[];
  readonly devtools: CDPSession;
  /** Opens an address and waits for its first figure. */
  open(address: string): Promise<MeasuredStart>;
  /** The same measurements as `open` returned, up to now. */
  pageStart(): Promise<MeasuredStart>;
  /** Processor time of the page's main thread so far, in ms. Other programs are not included. */
  taskTime(): Promise<number>;
  close(): Promise<void>;
}

// A string, because this program is compiled without the DOM library.
const RECORDER = `(() => {
  const recorded = { firstFigure: 0, longestTask: 0, shift: 0 };
  window.recorded = recorded;
  let painted;
  window.figurePainted = new Promise((resolve) => { painted = resolve; });
  const seen = (type, note) => new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  seen("longtask", ({ duration }) => { recorded.longestTask = Math.max(recorded.longestTask, duration); });
  seen("layout-shift", ({ value }) => { recorded.shift += value; });
  // The browser reports when an element with this attribute was painted.
  const observer = new MutationObserver(() => {
    const texts = document.createTreeWalker(document.body ?? document, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      if (!/\\$\\d/.test(texts.currentNode.data)) continue;
      texts.currentNode.parentElement.setAttribute("elementtiming", "figure");
      observer.disconnect();
      return;
    }
  });
  observer.observe(document, { subtree: true, childList: true, characterData: true });
  seen("element", ({ renderTime }) => painted(recorded.firstFigure = renderTime));
})()`;

export async function openMeasuredPage(
  browser: Browser,
  slow: typeof SLOW | null = null,
): Promise<MeasuredPage> {
  const context = await newContext(browser, { viewport: { width: 1440, height: 900 } });
  await context.addInitScript(RECORDER);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  if (slow !== null) {
    const throughput = (slow.megabits * 1e6) / 8;
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: slow.cpu });
    await devtools.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: slow.latency,
      downloadThroughput: throughput,
      uploadThroughput: throughput,
    });
  }
  const requests: Request[] = [];
  page.on("request", (request) => requests.push(request));
  const pageStart = () => page.evaluate<MeasuredStart>("recorded");
  return {
    page,
    requests,
    devtools,
    async open(address) {
      await page.goto(address, { waitUntil: "commit" });
      await page.evaluate("figurePainted");
      return pageStart();
    },
    pageStart,
    async taskTime() {
      const { metrics } = await devtools.send("Performance.getMetrics");
      return 1_000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
    },
    close: () => context.close(),
  };
}
