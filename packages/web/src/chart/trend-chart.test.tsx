import { cleanup, fireEvent, render, screen, within } from "@solidjs/testing-library";
import { afterEach, describe, expect, it } from "vitest";
import { FormatsProvider } from "../words/formats-context.tsx";
import type { StackMonth } from "./stack-geometry.ts";
import { TrendChart } from "./trend-chart.tsx";

afterEach(cleanup);

const aMonth = (period: string, parts: readonly number[], own: Partial<StackMonth> = {}): StackMonth => ({
  period,
  isRunning: false,
  parts,
  average: null,
  forecast: null,
  ...own,
});

/** A chart of the given months, opened at `period`, in American English. */
function aChart(months: readonly StackMonth[], names: readonly (string | null)[] = ["web"], period = "") {
  const { container } = render(() => (
    <FormatsProvider languages={["en-US"]}>
      <TrendChart
        series={{ names, months }}
        currency="USD"
        period={period}
        monthHref={(month) => `/?period=${month}`}
        seriesHref={(name) => `/cost-center?name=${name}`}
        label="Cost by month"
      />
    </FormatsProvider>
  ));
  const chart = screen.getByRole("group", { name: "Cost by month" });
  const bars = [...chart.querySelectorAll("a")];
  return {
    bars,
    chart,
    /** The month whose figures are shown. */
    shown: () => screen.getByRole("heading", { level: 3 }).textContent,
    rows: () =>
      [...container.querySelectorAll("li")].map((row) =>
        [...row.querySelectorAll("span, a")].map(({ textContent }) => textContent),
      ),
    total: () => container.querySelector("p")?.textContent,
    inTabOrder: () => bars.map((bar) => bar.getAttribute("tabindex")),
  };
}

const three = ["2026-01", "2026-02", "2026-03"].map((period, at) => aMonth(period, [at + 1]));

describe("the figures beside a trend chart", () => {
  it("are those of the page's month, otherwise of the newest", () => {
    expect(aChart(three, ["web"], "2026-01").shown()).toBe("January 2026");
    cleanup();
    expect(aChart(three, ["web"], "2020-01").shown()).toBe("March 2026");
  });

  it("are those of the bar under the pointer, until the pointer leaves the chart", () => {
    const { bars, shown, chart } = aChart(three, ["web"], "2026-01");
    fireEvent.pointerEnter(bars[1] as Element);
    expect(shown()).toBe("February 2026");
    fireEvent.pointerLeave(chart.parentElement?.parentElement as Element);
    expect(shown()).toBe("January 2026");
  });

  it("have the largest series last, as it is at the bottom of the bar, each with its own amount", () => {
    const { rows, total } = aChart([aMonth("2026-01", [30, -12.5, 2])], ["large", "credit", null]);
    expect(rows()).toEqual([
      ["All others", "$2.00"],
      [expect.stringContaining("credit"), "−$12.50"],
      [expect.stringContaining("large"), "$30.00"],
    ]);
    expect(total()).toBe("$19.50");
  });

  it("have an average and a forecast, also of 0", () => {
    const { rows, total } = aChart([aMonth("2026-01", [-5], { average: 0, forecast: 0, isRunning: true })]);
    expect(rows()).toEqual([
      ["Three-month average", "$0.00"],
      ["Forecast", "$0.00"],
    ]);
    expect(total()).toBe("−$5.00 so far");
  });
});

describe("the bars of a trend chart", () => {
  it("link to their months; the page's month is the current one and the only tab stop", () => {
    const { bars, inTabOrder } = aChart(three, ["web"], "2026-02");
    expect(bars.map((bar) => bar.getAttribute("href"))).toEqual([
      "/?period=2026-01",
      "/?period=2026-02",
      "/?period=2026-03",
    ]);
    expect(bars.map((bar) => bar.getAttribute("aria-current"))).toEqual([null, "date", null]);
    expect(inTabOrder()).toEqual(["-1", "0", "-1"]);
  });

  it("get the focus by arrow keys, which stop at both ends", () => {
    const { bars, shown } = aChart(three, ["web"], "2026-02");
    const press = (key: string) => fireEvent.keyDown(document.activeElement as Element, { key });
    bars[1]?.focus();
    press("ArrowRight");
    press("ArrowRight");
    expect([document.activeElement, shown()]).toEqual([bars[2], "March 2026"]);
    press("Home");
    press("ArrowLeft");
    expect([document.activeElement, shown()]).toEqual([bars[0], "January 2026"]);
    press("End");
    press("a");
    expect(document.activeElement).toBe(bars[2]);
  });

  it("have no part for an amount of 0, and one below zero for a credit", () => {
    const { chart } = aChart([aMonth("2026-01", [10, 0, -10])], ["a", "b", "c"]);
    const parts = [...chart.querySelectorAll("rect[data-tone]")];
    expect(parts.map((part) => part.getAttribute("data-tone"))).toEqual(["1", "3"]);
    const [cost, credit] = parts.map((part) => Number(part.getAttribute("y")));
    expect(credit).toBeGreaterThan(cost ?? Number.POSITIVE_INFINITY);
  });

  it("are labelled with their month, January with its year", () => {
    const { chart } = aChart([aMonth("2025-12", [1]), aMonth("2026-01", [1])]);
    const labels = within(chart).getAllByText(/^(Dec|Jan)/);
    expect(labels.map(({ textContent }) => textContent)).toEqual(["Dec", "Jan 26"]);
  });
});

describe("a trend chart without months", () => {
  it("has neither bars nor figures", () => {
    const { bars } = aChart([]);
    expect(bars).toEqual([]);
    expect(screen.queryByRole("heading")).toBeNull();
  });
});
