import { aPublishedMonth } from "@dapanoskop/dataset/testing";
import { cleanup, fireEvent, screen, waitFor, within } from "@solidjs/testing-library";
import { afterEach, describe, expect, it } from "vitest";
import { noSession } from "../../session/session.ts";
import { type ApiAnswers, aBudget, anApi, aPlanSummary } from "../../testing/api-documents.ts";
import { aReader, renderPage } from "../../testing/render-page.tsx";

afterEach(cleanup);

const text = () => (document.body.textContent ?? "").replaceAll("\u00a0", " ");
const plain = (element: HTMLElement) => (element.textContent ?? "").replaceAll("\u00a0", " ");

function open(address: string, answers: ApiAnswers) {
  const { api, requests } = anApi(answers);
  renderPage(address, aReader(aPublishedMonth()), noSession, api);
  return requests;
}

const type = (label: string | RegExp, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } });

describe("the list of budgets", () => {
  it("says of each what was used, where it will end, and when it alerts", async () => {
    open("/budgets", { "GET /budgets": { items: [aBudget()] } });
    const budget = await screen.findByRole("article");
    expect(plain(budget)).toBe(
      "Whole bill" +
        "On track" +
        "The whole bill, March 2026" +
        "$251.25 of $1,000.00 (25.1 % used)" +
        "Our own forecast: $900.00 (80 % range: $850.50 to $960.00). Alerts at 80 % and 100 % of the cost, at 100 % of the forecast.",
    );
    expect(within(budget).getByRole("link", { name: "Whole bill" }).getAttribute("href")).toBe(
      "/budget?id=whole-bill",
    );
  });

  it("says that an unknown budget is unknown, and why; never that it is on track", async () => {
    const unknown = aBudget({
      state: {
        status: "unknown",
        actual: null,
        actual_percent: null,
        forecast: null,
        forecast_status: "unknown",
        why: "2026-03 is not published.",
      },
    });
    open("/budgets", { "GET /budgets": { items: [unknown] } });
    const budget = plain(await screen.findByRole("article"));
    expect(budget).toContain("Unknown");
    expect(budget).toContain("Used: unknown, of $1,000.00");
    expect(budget).toContain("Forecast: unknown.");
    expect(budget).toContain("2026-03 is not published.");
    expect(budget).not.toContain("On track");
    expect(budget).not.toContain("$0");
    expect(document.querySelector("article svg")).toBeNull();
  });

  it("shows the limit to its last decimal, and never more of it used than was", async () => {
    const small = aBudget({ limit: "0.125", state: { actual: "0.12499", actual_percent: "100.0" } });
    open("/budgets", { "GET /budgets": { items: [small] } });
    expect(plain(await screen.findByRole("article"))).toContain("$0.12 of $0.125 (99.9 % used)");
  });

  it("rounds what was used as the overview and the mails do: half to even", async () => {
    open("/budgets", { "GET /budgets": { items: [aBudget({ state: { actual: "251.245" } })] } });
    expect(plain(await screen.findByRole("article"))).toContain("$251.24 of $1,000.00");
  });

  it("starts with what needs attention", async () => {
    const states = ["on_track", "unknown", "forecast_over", "at_limit", "over_budget"] as const;
    const items = states.map((status) =>
      aBudget({ id: status.replace("_", "-"), name: status, state: { status } }),
    );
    open("/budgets", { "GET /budgets": { items } });
    const names = (await screen.findAllByRole("article")).map(
      (each) => within(each).getByRole("heading").textContent,
    );
    expect(names).toEqual(["over_budget", "at_limit", "forecast_over", "unknown", "on_track"]);
  });

  it("names a quarter, a scope with its page, and a forecast that cannot be made yet", async () => {
    const quarter = aBudget({
      period: "quarter",
      scope: { kind: "cost-center", name: "R&D" },
      thresholds: [],
      state: { period_start: "2026-01", forecast: null, forecast_status: "insufficient_data" },
    });
    open("/budgets", { "GET /budgets": { items: [quarter] } });
    const budget = await screen.findByRole("article");
    expect(plain(budget)).toContain("Cost center R&D, January to March 2026");
    expect(plain(budget)).toContain("No forecast yet: the period has too few complete days. No alerts.");
    expect(within(budget).getByRole("link", { name: "R&D" }).getAttribute("href")).toBe(
      "/cost-center?name=R%26D",
    );
  });

  it("offers the first one", async () => {
    open("/budgets", { "GET /budgets": { items: [] } });
    await screen.findByRole("heading", { name: "There is no budget yet" });
    expect(screen.getByRole("link", { name: "New budget" }).getAttribute("href")).toBe("/budget");
  });
});

describe("a new budget", () => {
  it("is sent as it was typed, and the list opens", async () => {
    let sent: unknown;
    open("/budget", {
      "POST /budgets": (body: unknown) => {
        sent = body;
        return Response.json(aBudget(), { status: 201 });
      },
      "GET /budgets": { items: [aBudget()] },
    });
    await screen.findByRole("heading", { level: 1, name: "New budget" });
    await screen.findByLabelText("Name");
    type("Name", "Shop");
    fireEvent.change(screen.getByLabelText("What it limits"), { target: { value: "workload" } });
    type("Name of the workload", "shop");
    fireEvent.change(screen.getByLabelText("Period"), { target: { value: "quarter" } });
    type("Limit in USD", "100.10");
    type(/cost reaches/, "50");
    type(/forecast reaches/, "");
    fireEvent.click(screen.getByRole("checkbox"));
    fireEvent.click(screen.getByRole("button", { name: "Create the budget" }));
    await screen.findByRole("heading", { level: 1, name: "Budgets" });
    await waitFor(() => expect(location.pathname).toBe("/budgets"));
    expect(sent).toEqual({
      name: "Shop",
      scope: { kind: "workload", name: "shop" },
      period: "quarter",
      limit: "100.10",
      currency: "USD",
      thresholds: [{ of: "actual", percent: 50 }],
      audiences: [],
      rearm: true,
    });
  });

  it("is not sent while a field is wrong: the field says so and gets the focus", async () => {
    const requests = open("/budget", {});
    await screen.findByLabelText("Name");
    type("Name", "Shop");
    type("Limit in USD", "1,000");
    fireEvent.click(screen.getByRole("button", { name: "Create the budget" }));
    const limit = screen.getByLabelText("Limit in USD");
    await waitFor(() => expect(limit.getAttribute("aria-invalid")).toBe("true"));
    expect(document.activeElement).toBe(limit);
    expect(document.getElementById(limit.getAttribute("aria-describedby") ?? "")?.textContent).toMatch(
      /^Enter an amount/,
    );
    expect(requests.filter((request) => request.startsWith("POST"))).toEqual([]);
    type("Limit in USD", "1000");
    fireEvent.click(screen.getByRole("button", { name: "Create the budget" }));
    await screen.findByText(/The budget was not saved\. There is nothing here/);
    expect(limit.getAttribute("aria-invalid")).toBeNull();
  });

  it("offers the names of the bill", async () => {
    open("/budget", {});
    await screen.findByLabelText("Name");
    fireEvent.change(screen.getByLabelText("What it limits"), { target: { value: "cost-center" } });
    const list = screen.getByLabelText("Name of the cost center").getAttribute("list") ?? "";
    await waitFor(() =>
      expect(document.getElementById(list)?.querySelectorAll("option").length).toBeGreaterThan(0),
    );
  });
});

describe("a budget", () => {
  it("is changed as a whole, under the version that the reader saw", async () => {
    let sent: unknown;
    open("/budget?id=whole-bill", {
      "GET /budgets/whole-bill": aBudget({ version: "7" }),
      "PUT /budgets/whole-bill": (body: unknown) => {
        sent = body;
        return aBudget();
      },
      "GET /budgets": { items: [] },
    });
    await screen.findByRole("heading", { level: 1, name: "Whole bill" });
    expect((screen.getByLabelText(/cost reaches/) as HTMLInputElement).value).toBe("80, 100");
    type("Limit in USD", "1200");
    fireEvent.click(screen.getByRole("button", { name: "Save the changes" }));
    await screen.findByRole("heading", { level: 1, name: "Budgets" });
    expect(sent).toMatchObject({ limit: "1200", version: "7", audiences: ["finance"] });
    expect(sent).not.toHaveProperty("id");
  });

  it("that somebody else changed in between is not overwritten, and what was typed stays", async () => {
    open("/budget?id=whole-bill", {
      "GET /budgets/whole-bill": aBudget(),
      "PUT /budgets/whole-bill": () =>
        Response.json(
          { error: "conflict", message: "Somebody changed this budget. Load it again." },
          { status: 409 },
        ),
    });
    await screen.findByLabelText("Name");
    type("Name", "Mine");
    fireEvent.click(screen.getByRole("button", { name: "Save the changes" }));
    await screen.findByText(/was not saved\. Somebody changed this budget/);
    expect((screen.getByLabelText("Name") as HTMLInputElement).value).toBe("Mine");
  });

  it("lists the thresholds that it reached, and what became of the messages", async () => {
    const alert = {
      budget: "whole-bill",
      period_start: "2026-03",
      of: "actual",
      percent: 80,
      reached_at: "2026-03-05T07:00:00Z",
      amount: "801.005",
      limit: "1000.00",
      currency: "USD",
      passed: false,
      sent: [
        { audience: "finance", state: "sent" },
        { audience: "platform", state: "unknown" },
      ],
    };
    open("/budget?id=whole-bill", {
      "GET /budgets/whole-bill": aBudget(),
      "GET /budgets/whole-bill/alerts": {
        items: [alert, { ...alert, of: "forecast", percent: 50, amount: null, passed: true, sent: [] }],
      },
    });
    const region = await screen.findByRole("region", { name: "Thresholds that were reached" });
    await waitFor(() =>
      expect(within(region).getAllByRole("listitem").map(plain)).toEqual([
        "80.0 % of the limit by the cost, $801.00, on Mar 5, 2026, 07:00 UTC. finance: sent, platform: may have been sent.",
        "50.0 % of the limit by the forecast, unknown, on Mar 5, 2026, 07:00 UTC. No message, because a higher threshold was reached as well.",
      ]),
    );
  });

  it("is deleted after a second click", async () => {
    const requests = open("/budget?id=whole-bill", {
      "GET /budgets/whole-bill": aBudget(),
      "DELETE /budgets/whole-bill": () => new Response(null, { status: 204 }),
      "GET /budgets": { items: [] },
    });
    fireEvent.click(await screen.findByRole("button", { name: "Delete" }));
    fireEvent.click(await screen.findByRole("button", { name: "Keep it" }));
    await waitFor(() => expect(document.activeElement?.textContent, "the focus stays").toBe("Delete"));
    fireEvent.click(await screen.findByRole("button", { name: "Delete" }));
    await waitFor(() => expect(document.activeElement?.textContent).toBe("Delete the budget"));
    expect(requests.filter((request) => request.startsWith("DELETE"))).toEqual([]);
    fireEvent.click(screen.getByRole("button", { name: "Delete the budget" }));
    await screen.findByRole("heading", { name: "There is no budget yet" });
    expect(requests).toContain("DELETE /budgets/whole-bill");
  });
});

describe("budgets elsewhere", () => {
  const plans = { currency: "USD", monthly_delta: "553.048", partial: true, plans: [] };

  it("stand on the overview with what the open plans would add", async () => {
    const items = [
      aBudget(),
      aBudget({ id: "b", name: "Shop", scope: { kind: "workload", name: "shop" } }),
      aBudget({
        id: "c",
        name: "Lake",
        scope: { kind: "workload", name: "lake" },
        state: { status: "over_budget" },
      }),
    ];
    open("/", { "GET /open-plans": { ...plans, plans: [aPlanSummary()] }, "GET /budgets": { items } });
    const region = await screen.findByRole("region", { name: "Plans and budgets" });
    await within(region).findByText(
      "The open plan would add $553.05 a month. Some of their cost is unknown.",
    );
    expect(
      (await within(region).findAllByRole("article")).map(
        (each) => within(each).getByRole("heading").textContent,
      ),
    ).toEqual(["Whole bill", "Lake"]);
    expect(plain(region)).toContain("One other budget is on track.");
  });

  it("stand on the page of their cost center", async () => {
    const name = aPublishedMonth().summary.cost_centers[0]?.name ?? "";
    const items = [
      aBudget(),
      aBudget({ id: "own", name: "Own budget", scope: { kind: "cost-center", name } }),
      aBudget({ id: "other", name: "Other", scope: { kind: "cost-center", name: `${name}!` } }),
    ];
    open(`/cost-center?name=${encodeURIComponent(name)}`, { "GET /budgets": { items } });
    const region = await screen.findByRole("region", { name: "Budgets" });
    expect(within(region).getAllByRole("article")).toHaveLength(1);
    expect(plain(region)).toContain("Own budget");
    expect(text()).not.toContain("Whole bill");
  });
});
