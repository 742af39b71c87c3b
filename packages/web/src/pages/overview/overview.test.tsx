import { aWorkload } from "@dapanoskop/core/insight/testing";
import { aPublishedMonth } from "@dapanoskop/dataset/testing";
import { cleanup, fireEvent, screen, waitFor, within } from "@solidjs/testing-library";
import { afterEach, describe, expect, it, vi } from "vitest";
import { DataError } from "../../data/failure.ts";
import { noSession } from "../../session/session.ts";
import { aReader, renderPage } from "../../testing/render-page.tsx";

afterEach(cleanup);

const text = () => (document.body.textContent ?? "").replaceAll("\u00a0", " ");
const centers = () => screen.findByRole("table", { name: /Cost centers/ });
const names = async () =>
  within(await centers())
    .getAllByRole("rowheader")
    .map((cell) => (cell.textContent ?? "").replace(/[▸▾]/, ""));

const aBill = () =>
  aPublishedMonth({
    at: "2026-04-08T06:00:00Z",
    period: "2026-03",
    centers: [
      {
        name: "Engineering",
        workloads: [aWorkload("ml-training", 1900, 1000), aWorkload("backups", 910, 500)],
      },
      { name: "Shop", workloads: [aWorkload("web", 180, 300)] },
    ],
  });

describe("the overview of a month", () => {
  it("starts with the total, its change, and the reasons in one sentence", async () => {
    renderPage("/", aReader(aBill()));
    expect(await screen.findByText("$2,990.00", { selector: "section p" })).toBeTruthy();
    expect(text()).toContain(
      "Up $1,190 (+66.1 %) against February 2026: ml-training +$900, backups +$410, web −$120.",
    );
  });

  it("shows for a running month the cost so far, the same days before, and the forecast", async () => {
    renderPage("/", aReader(aPublishedMonth()));
    await screen.findByText(/7 of 31 days/);
    expect(text()).toContain("against Feb 1–7");
    expect(text()).toMatch(/Forecast for March.*\$[\d,.]+AWS's own forecast, ▲\+\$/);
  });

  it("shows what the total consists of, and that a running month is beside a whole one", async () => {
    const charges = async () =>
      (await screen.findByRole("region", { name: "What the total consists of" })).textContent;
    renderPage("/", aReader(aBill()));
    expect(await charges()).toMatch(/^What the total consists ofUsage\$[\d,.]+February 2026: \$/);
    cleanup();
    renderPage("/", aReader(aPublishedMonth()));
    expect(await charges()).toContain("March 2026 so far, and the whole month of February 2026.");
  });

  it("lists cost centers that unfold to their workloads, and keeps that in the address", async () => {
    renderPage("/", aReader(aBill()));
    expect(await names()).toEqual(["Engineering", "Shop", "Total"]);
    fireEvent.click(within(await centers()).getAllByRole("button", { name: "Workloads" })[0] as HTMLElement);
    await waitFor(() => expect(location.search).toBe("?open=Engineering"));
    expect(await names()).toEqual(["Engineering", "ml-training", "backups", "Shop", "Total"]);
  });

  it("is sorted by a column heading, and a link restores the order", async () => {
    renderPage("/?sort=total", aReader(aBill()));
    expect(await names()).toEqual(["Shop", "Engineering", "Total"]);
    expect(
      within(await centers())
        .getByRole("columnheader", { name: /March 2026/ })
        .getAttribute("aria-sort"),
    ).toBe("ascending");
    fireEvent.click(within(await centers()).getByRole("button", { name: "Cost center" }));
    await waitFor(() => expect(location.search).toBe("?sort=name"));
    expect(await names()).toEqual(["Engineering", "Shop", "Total"]);
  });

  it("finds a workload within its cost center", async () => {
    renderPage("/?find=BACK", aReader(aBill()));
    expect(await names()).toEqual(["Engineering", "backups", "Total of all"]);
    expect(text()).toContain("1 cost center");
    expect(text()).not.toContain("1 cost center or workload");
    // The search has unfolded it: there is nothing to fold.
    expect(within(await centers()).queryByRole("button", { name: "Workloads" })).toBeNull();
  });

  it("prints how many rows are left out", async () => {
    const many = Array.from({ length: 25 }, (_, at) => ({
      name: `center ${at}`,
      workloads: [aWorkload(`workload ${at}`, 100, 90)],
    }));
    renderPage(
      "/",
      aReader(aPublishedMonth({ at: "2026-04-08T06:00:00Z", period: "2026-03", centers: many })),
    );
    await centers();
    expect(text()).toContain(
      "The first 20 of 25 rows, in the order of the screen. The CSV file has all of them.",
    );
    cleanup();
    renderPage("/", aReader(aBill()));
    await centers();
    expect(text()).not.toContain("The first 20");
  });

  it("marks significant changes and explains the rule", async () => {
    renderPage("/", aReader(aBill()));
    expect(within(await centers()).getAllByRole("img", { name: "significant" })).toHaveLength(2);
    expect(text()).toContain("at least 10 % of what it was, and at least 1 % of the whole bill");
  });

  it("draws each month as a link with its figures; one of them is in the tab order", async () => {
    renderPage("/", aReader(aBill()));
    const chart = await screen.findByRole("group", { name: /stacked by cost center/ });
    const bars = [...chart.querySelectorAll("a")];
    expect(bars.map((bar) => bar.getAttribute("aria-label"))).toEqual([
      expect.stringContaining("March 2026: $2,990.00"),
    ]);
    expect(bars.filter((bar) => bar.getAttribute("tabindex") === "0")).toHaveLength(1);
  });

  it("shows hostile names as text", async () => {
    const hostile = [
      "<img src=x onerror=alert(1)>",
      "\u202egpj.exe",
      "a\0b",
      "__proto__",
      "x".repeat(10_000),
      "",
    ];
    const published = aPublishedMonth({
      at: "2026-04-08T06:00:00Z",
      period: "2026-03",
      centers: hostile.map((name) => ({ name, workloads: [aWorkload(name, 10, 1)] })),
    });
    renderPage(`/?${new URLSearchParams(hostile.map((name) => ["open", name]))}`, aReader(published));
    const shown = await names();
    expect(document.querySelector("img")).toBeNull();
    expect(shown).toContain("<img src=x onerror=alert(1)>");
    expect(shown).toContain("\\u202egpj.exe");
    expect(shown).toContain("a\\u0000b");
    expect(shown.filter((name) => name === "__proto__")).toHaveLength(2);
    expect(shown).toContain("(empty)");
    expect(Math.max(...shown.map(({ length }) => length))).toBeLessThan(100);
  });
});

describe("a page without figures", () => {
  it("says that nothing is published yet, and what to do next", async () => {
    renderPage("/", aReader(aBill(), { index: async () => null }));
    expect(await screen.findByRole("heading", { name: "Nothing is published yet" })).toBeTruthy();
    expect(text()).toContain("dapanoskop collect");
  });

  it("keeps the figures when only the trend fails, and can load the trend again", async () => {
    let tries = 0;
    const trend = async () => {
      tries += 1;
      throw new DataError("server", "trend.json was answered with 500.");
    };
    renderPage("/", aReader(aBill(), { trend }));
    expect(await screen.findByText("$2,990.00", { selector: "section p" })).toBeTruthy();
    fireEvent.click(await screen.findByRole("button", { name: "Try again" }));
    await waitFor(() => expect(tries).toBe(2));
    expect(await names()).toContain("Engineering");
  });

  it("asks to sign in when the session has ended, and returns to the same view", async () => {
    const signIn = vi.fn(async () => {});
    const summary = async () => {
      throw new DataError("refused", "Your session has ended.");
    };
    renderPage("/?period=2026-03&open=Shop", aReader(aBill(), { summary }), { ...noSession, signIn });
    fireEvent.click(await screen.findByRole("button", { name: "Sign in" }));
    expect(signIn).toHaveBeenCalledWith("/?period=2026-03&open=Shop");
  });

  it("loads the figures when the connection is back", async () => {
    let isOnline = false;
    const summary = async () => {
      if (!isOnline) throw new DataError("offline", "no connection");
      return aBill().summary;
    };
    renderPage("/", aReader(aBill(), { summary }));
    expect(await screen.findByRole("heading", { name: "No connection" })).toBeTruthy();
    isOnline = true;
    window.dispatchEvent(new Event("online"));
    expect(await screen.findByText("$2,990.00", { selector: "section p" })).toBeTruthy();
  });

  it("offers published months when the address has an unpublished one", async () => {
    renderPage("/?period=2020-01", aReader(aBill()));
    expect(await screen.findByRole("heading", { name: "January 2020 is not published" })).toBeTruthy();
    expect(
      within(screen.getByRole("main")).getByRole("link", { name: "March 2026" }).getAttribute("href"),
    ).toBe("/?period=2026-03");
  });

  it("explains how to create a Cost Category where there is none", async () => {
    const published = aPublishedMonth({
      centers: [{ name: "Uncategorized", kind: "uncategorized", workloads: [aWorkload("web", 10, 10)] }],
    });
    renderPage("/", aReader(published));
    expect(await screen.findByRole("heading", { name: "No Cost Category yet" })).toBeTruthy();
  });
});
