import { aWorkload } from "@dapanoskop/core/insight/testing";
import { usageTypeTable } from "@dapanoskop/dataset";
import { aPublishedMonth } from "@dapanoskop/dataset/testing";
import { cleanup, fireEvent, screen, waitFor, within } from "@solidjs/testing-library";
import { afterEach, describe, expect, it } from "vitest";
import { DataError } from "../data/failure.ts";
import { aReader, renderPage } from "../testing/render-page.tsx";

afterEach(cleanup);

const text = () => (document.body.textContent ?? "").replaceAll("\u00a0", " ");
const aBill = (period = "2026-03") =>
  aPublishedMonth({
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

  it("shows a usage type in words and as AWS names it, with quantity, unit and unit price", async () => {
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

  it("compares a closed month with the month before, and reads no other file", async () => {
    const address = `/workload?${new URLSearchParams({ name: "ml & training?" })}`;
    const priorPeriodToDateUsage = () => Promise.reject(new Error("A closed month has no such rows."));
    renderPage(address, aReader(aBill(), { usage: async () => someUsage(), priorPeriodToDateUsage }));
    await screen.findByRole("columnheader", { name: /against February 2026/ });
    const why = await section("Why did it change?");
    expect(why).toContain("+$140.00 +140.0 % against February 2026");
    expect(why).not.toContain("the same days");
  });

  it("calls cost that did not exist before new, not unknown", async () => {
    const bill = aPublishedMonth({
      at: "2026-04-08T06:00:00Z",
      period: "2026-03",
      centers: [{ name: "A", workloads: [aWorkload("etl", 5, 0)] }],
    });
    const table = usageTypeTable();
    table.push("etl", "EUC1-BoxUsage:m5.large", "Compute", "2026-03", 5, 100);
    renderPage("/workload?name=etl", aReader(bill, { usage: async () => table.columns() }));
    const why = await section("Why did it change?");
    expect(why).toContain("+$5.00 new against February 2026");
    expect(why).toMatch(/New.*\+\$5\.00Gone/s);
  });

  it("describes rows by the periods of their own month until the rows of another month are loaded", async () => {
    const [february, march] = [aBill("2026-02"), aBill()];
    const months = [...february.trend.months, ...march.trend.months];
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const reader = aReader(
      { ...march, trend: { ...march.trend, months } },
      {
        summary: async (_, month) => (month === "2026-03" ? march : february).summary,
        usage: async (_, month) => {
          if (month === "2026-02") await answered;
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

  it("says that a workload is not in the month", async () => {
    renderPage("/workload?name=__proto__", aReader(aBill()));
    expect(await screen.findByRole("heading", { name: "Not in March 2026" })).toBeTruthy();
  });
});

describe("a significant change", () => {
  it.each(["/workload?name=ml+%26+training%3F", "/cost-center?name=R%26D+%3D+all"])(
    "is explained below the table that marks it: %s",
    async (address) => {
      renderPage(address, aReader(aBill(), { usage: async () => someUsage() }));
      expect(await screen.findAllByRole("img", { name: "significant" })).toHaveLength(1);
      expect(text()).toContain("change: at least 10 % of what it was, and at least 1 % of the whole bill.");
    },
  );
});

/** A section's text. */
async function section(heading: string): Promise<string> {
  const region = await screen.findByRole("region", { name: heading });
  return (region.textContent ?? "").replaceAll("\u00a0", " ");
}

describe("the page of a workload in a running month", () => {
  const aRunningBill = (before: number | null = 20, at = "2026-03-08T06:00:00Z") =>
    aPublishedMonth({
      at,
      period: "2026-03",
      centers: [
        { name: "A", workloads: [{ name: "web", current: 50, prevMonth: 400, priorPeriodToDate: before }] },
      ],
    });

  /** Seven days of March, and all of February beside them. */
  function runningUsage() {
    const table = usageTypeTable();
    table.push("web", "EUC1-BoxUsage:m5.large", "Compute", "2026-03", 45, 300);
    table.push("web", "EUC1-NatGateway-Hours", "Other", "2026-03", 5, 100);
    table.push("web", "EUC1-BoxUsage:m5.large", "Compute", "2026-02", 399, 4000);
    table.push("web", "EUC1-EBS:VolumeUsage.gp3", "Storage", "2026-02", 1, 10);
    table.push("web", "EUC1-BoxUsage:m5.large", "Compute", "2025-03", 700, 7000);
    return table.columns();
  }

  function sameDays() {
    const table = usageTypeTable();
    table.push("web", "EUC1-BoxUsage:m5.large", "Compute", "2026-02", 19, 200);
    table.push("web", "EUC1-EBS:VolumeUsage.gp3", "Storage", "2026-02", 1, 10);
    return table.columns();
  }

  const open = (bill: ReturnType<typeof aPublishedMonth>, own: Parameters<typeof aReader>[1] = {}) =>
    renderPage(
      "/workload?name=web",
      aReader(bill, {
        usage: async () => runningUsage(),
        priorPeriodToDateUsage: async () => sameDays(),
        ...own,
      }),
    );

  it("explains the change against the same days of the month before, to the cent", async () => {
    open(aRunningBill());
    const why = await section("Why did it change?");
    expect(why).toContain("+$30.00 +150.0 % against Feb 1–7");
    expect(why).toContain("7 of 31 days of March 2026, against Feb 1–7.");
    const steps =
      /Feb 1–7(\$20\.00).*Price.*?(\+\$16\.50).*Quantity.*?(\+\$9\.50).*New.*?(\+\$5\.00).*Gone.*?(−\$1\.00).*so far(\$50\.00)/s;
    expect(why).toMatch(steps);
    // The page's first figure comes from the summary, and is the same.
    expect(text()).toMatch(/7 of 31 days\$50\.00▲\+\$30\.00 \+150\.0 % against Feb 1–7/);
  });

  it("explains the change of the complete days, and adds them up, where the newest days are not delivered in full", async () => {
    const table = usageTypeTable();
    table.push("web", "EUC1-BoxUsage:m5.large", "Compute", "2026-03", 38, 250);
    table.push("web", "EUC1-BoxUsage:m5.large", "Compute", "2026-02", 20, 200);
    open(aRunningBill(), { priorPeriodToDateUsage: async () => table.columns() });
    const why = await section("Why did it change?");
    expect(why).toMatch(/\$20\.00.*Price.*?(\+\$13\.00).*Quantity.*?(\+\$5\.00).*complete days(\$38\.00)/s);
    const used = await screen.findByRole("table", { name: "Cost by usage type" });
    expect(used.textContent).toMatch(/Complete days.*\$38\.00.*Total\$38\.00/s);
  });

  it("shows each usage type's change against these days, and the whole month a year before", async () => {
    open(aRunningBill());
    const table = await screen.findByRole("table", { name: "Cost by usage type" });
    const [head, ...rows] = within(table)
      .getAllByRole("row")
      .map((row) => (row.textContent ?? "").replaceAll("\u00a0", " "));
    expect(head).toContain("against Feb 1–7");
    expect(head).toContain("March 2025, whole");
    expect(rows.find((row) => row.includes("BoxUsage"))).toMatch(
      /\$45\.00.*\+\$26\.00.*300 hours.*\$700\.00/,
    );
    expect(rows.find((row) => row.includes("NatGateway"))).toContain("new");
    expect(rows.find((row) => row.includes("gp3"))).toContain("−$1.00 −100.0 %");
  });

  it("is compared with all of February where February is shorter, and says so", async () => {
    open(aRunningBill(20, "2026-03-31T06:00:00Z"));
    const why = await section("Why did it change?");
    expect(why).toContain("+150.0 % against Feb 1–28 (the whole month)");
    expect(why).toContain("30 of 31 days of March 2026, against Feb 1–28 (the whole month).");
  });

  it.each([
    ["the days before are unknown", null, usageTypeTable().columns()],
    ["the month was published before there were such rows", 20, null],
  ] as const)("calls the change unknown, and not everything new, where %s", async (_, before, rows) => {
    open(aRunningBill(before), { priorPeriodToDateUsage: async () => rows });
    const why = await section("Why did it change?");
    expect(why).toContain("unknown against Feb 1–7");
    expect(why).toContain("The usage of Feb 1–7 is unknown, so the reasons of the change are unknown too.");
    expect(why).not.toMatch(/Price|New|CSV/);
    const table = await screen.findByRole("table", { name: "Cost by usage type" });
    expect(table.textContent).toContain("unknown");
    expect(table.textContent).not.toContain("new");
  });

  it("reports why the rows of these days could not be read", async () => {
    open(aRunningBill(), {
      priorPeriodToDateUsage: () => Promise.reject(new DataError("offline", "It could not be fetched.")),
    });
    expect((await screen.findByRole("alert")).textContent).toContain("could not be fetched");
  });
});

describe("the page of a cost center", () => {
  it("opens for any name, and links to its workloads", async () => {
    renderPage(`/cost-center?${new URLSearchParams({ name: "R&D = all" })}`, aReader(aBill()));
    expect(await screen.findByRole("heading", { level: 1, name: "R&D = all" })).toBeTruthy();
    const table = await screen.findByRole("table", { name: /Workloads of/ });
    const link = within(table).getByRole("link", { name: "ml & training?" });
    const query = new URLSearchParams(link.getAttribute("href")?.split("?").slice(1).join("?"));
    expect([query.get("name"), query.get("period")]).toEqual(["ml & training?", "2026-03"]);
  });
});

describe("the page of published months", () => {
  it("lists every month with its total and state", async () => {
    renderPage("/published", aReader(aBill()));
    expect(await screen.findByRole("heading", { name: "One month" })).toBeTruthy();
    expect(text()).toContain("$245.00");
    expect(text()).toContain("closed");
  });
});

describe("the page of storage", () => {
  it("shows cost, volume and hot share", async () => {
    renderPage("/storage", aReader(aBill()));
    await screen.findByRole("table", { name: "Storage by tier" });
    expect(text()).toContain("1.00 TB");
    expect(text()).toContain("$23.55");
    expect(text()).toContain("80.0 %");
  });
});
