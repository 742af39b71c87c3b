import { usageTypeTable } from "@dapanoskop/core/artifacts";
import { aPublished, aWorkload } from "@dapanoskop/core/report/testing";
import { cleanup, fireEvent, screen, waitFor, within } from "@solidjs/testing-library";
import { afterEach, describe, expect, it } from "vitest";
import { aReader, renderPage } from "../testing/render-page.tsx";

afterEach(cleanup);

const text = () => (document.body.textContent ?? "").replaceAll("\u00a0", " ");
const aBill = (period = "2026-03") =>
  aPublished({
    at: "2026-04-08T06:00:00Z",
    period,
    centers: [
      { name: "R&D = all", workloads: [aWorkload("ml & training?", 240, 100), aWorkload("etl", 5, 5)] },
    ],
  });

function someUsage() {
  const table = usageTypeTable();
  table.push("ml & training?", "EUC1-BoxUsage:m5.large", "Compute", "2026-03", 240, 2000);
  table.push("ml & training?", "EUC1-BoxUsage:m5.large", "Compute", "2026-02", 100, 1000);
  return table.columns();
}

describe("the page of a workload", () => {
  it("splits its change into price and quantity, to the cent", async () => {
    const address = `/workload?${new URLSearchParams({ name: "ml & training?" })}`;
    renderPage(address, aReader(aBill(), { usage: async () => someUsage() }));
    await screen.findByRole("heading", { name: "Why did it change?" });
    await screen.findByRole("table", { name: "Cost by usage type" });
    expect(text()).toMatch(/Price.*?\+\$40\.00/s);
    expect(text()).toMatch(/Quantity.*?\+\$100\.00/s);
  });

  it("gives usage types in words, with AWS's own beside, quantity, unit and unit price", async () => {
    const address = `/workload?${new URLSearchParams({ name: "ml & training?" })}`;
    renderPage(address, aReader(aBill(), { usage: async () => someUsage() }));
    const table = await screen.findByRole("table", { name: "Cost by usage type" });
    const [row] = within(table).getAllByRole("row").slice(1);
    const cells = (row?.textContent ?? "").replaceAll("\u00a0", " ");
    expect(cells).toContain("m5.large instance hours");
    expect(cells).toContain("EUC1-BoxUsage:m5.large");
    expect(cells).toContain("2,000 hours");
    expect(cells).toContain("$0.12");
    expect(cells).toContain("+20.0 %");
  });

  it("tells the rows of a month by its own periods, and leaves them alone until another month's are there", async () => {
    const [february, march] = [aBill("2026-02"), aBill()];
    const months = [...february.trend.months, ...march.trend.months];
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const reader = aReader(
      { ...march, trend: { ...march.trend, months } },
      {
        summary: async (_, month) => (month === "2026-03" ? march : february).summary,
        usage: async (_, month) => {
          if (month === "2026-02") await asked;
          return someUsage();
        },
      },
    );
    renderPage(`/workload?${new URLSearchParams({ name: "ml & training?" })}`, reader);
    const rows = async () =>
      within(await screen.findByRole("table", { name: "Cost by usage type" })).getAllByRole("row");
    const [head, row] = await rows();
    fireEvent.click(screen.getByRole("link", { name: "Previous month" }));
    await waitFor(() => expect(document.title).toContain("ml & training?"));
    await screen.findByText("against January 2026", { selector: "small, span" });
    expect((await rows())[1], "not drawn again").toBe(row);
    expect(head?.textContent).toContain("against February 2026");
    answer();
    await waitFor(async () => expect((await rows())[0]?.textContent).toContain("against January 2026"));
    expect((await rows())[1]?.textContent).toContain("$100.00");
  });

  it("says when the month has no such workload", async () => {
    renderPage("/workload?name=__proto__", aReader(aBill()));
    expect(await screen.findByRole("heading", { name: "Not in March 2026" })).toBeTruthy();
  });
});

describe("the page of a cost center", () => {
  it("is reached by any name, and links on to its workloads", async () => {
    renderPage(`/cost-center?${new URLSearchParams({ name: "R&D = all" })}`, aReader(aBill()));
    expect(await screen.findByRole("heading", { level: 1, name: "R&D = all" })).toBeTruthy();
    const table = await screen.findByRole("table", { name: /Workloads of/ });
    const link = within(table).getByRole("link", { name: "ml & training?" });
    const query = new URLSearchParams(link.getAttribute("href")?.split("?").slice(1).join("?"));
    expect([query.get("name"), query.get("period")]).toEqual(["ml & training?", "2026-03"]);
  });
});

describe("the page of what is published", () => {
  it("lists every month with its reading", async () => {
    renderPage("/published", aReader(aBill()));
    expect(await screen.findByRole("heading", { name: "One month" })).toBeTruthy();
    expect(text()).toContain("$245.00");
    expect(text()).toContain("closed");
  });
});

describe("the page of storage", () => {
  it("shows what it costs, how much it is, and how hot", async () => {
    renderPage("/storage", aReader(aBill()));
    await screen.findByRole("table", { name: "Storage by tier" });
    expect(text()).toContain("1.00 TB");
    expect(text()).toContain("$23.55");
    expect(text()).toContain("80.0 %");
  });
});
