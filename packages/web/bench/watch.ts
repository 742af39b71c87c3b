import type { Browser, CDPSession, Page, Request } from "playwright-core";
import { aContext } from "../../../tests/support/browser.ts";

/** A laptop of some years ago at a slow line. */
export const SLOW = { cpu: 4, megabits: 20, latency: 40 };

/** What a page tells about its own beginning, in ms since it was asked for. */
export interface Beginning {
  /** When the first amount of money was painted. */
  readonly firstFigure: number;
  /** The longest task so far. */
  readonly longestTask: number;
  /** Layout shift so far: the sum of all scores, none forgiven. */
  readonly shift: number;
}

/** A page in a browser with an empty cache, which writes down how it begins. */
export interface Watched {
  readonly page: Page;
  /** What was asked of the net, in order. */
  readonly requests: readonly Request[];
  readonly devtools: CDPSession;
  /** Opens an address and waits for its first figure. */
  open(address: string): Promise<Beginning>;
  /** The same as `open` gave, as it stands now. */
  beginning(): Promise<Beginning>;
  /** For how long the page's main thread has worked by now, in ms of processor time: no other program counts in. */
  worked(): Promise<number>;
  close(): Promise<void>;
}

// Given as text: this program knows no DOM.
const DIARY = `(() => {
  const diary = { firstFigure: 0, longestTask: 0, shift: 0 };
  window.diary = diary;
  let painted;
  window.figurePainted = new Promise((resolve) => { painted = resolve; });
  const seen = (type, note) => new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  seen("longtask", ({ duration }) => { diary.longestTask = Math.max(diary.longestTask, duration); });
  seen("layout-shift", ({ value }) => { diary.shift += value; });
  // The browser itself tells when a text was shown, of an element that was marked before it was drawn.
  const looks = new MutationObserver(() => {
    const walk = document.createTreeWalker(document.body ?? document, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      if (!/\\$\\d/.test(walk.currentNode.data)) continue;
      walk.currentNode.parentElement.setAttribute("elementtiming", "figure");
      looks.disconnect();
      return;
    }
  });
  looks.observe(document, { subtree: true, childList: true, characterData: true });
  seen("element", ({ renderTime }) => painted(diary.firstFigure = renderTime));
})()`;

export async function watched(browser: Browser, slow: typeof SLOW | null = null): Promise<Watched> {
  const context = await aContext(browser, { viewport: { width: 1440, height: 900 } });
  await context.addInitScript(DIARY);
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
  const beginning = () => page.evaluate<Beginning>("diary");
  return {
    page,
    requests,
    devtools,
    async open(address) {
      await page.goto(address, { waitUntil: "commit" });
      await page.evaluate("figurePainted");
      return beginning();
    },
    beginning,
    async worked() {
      const { metrics } = await devtools.send("Performance.getMetrics");
      return 1_000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
    },
    close: () => context.close(),
  };
}
