import { aPublishedMonth } from "@dapanoskop/dataset/testing";
import { cleanup, fireEvent, screen, waitFor, within } from "@solidjs/testing-library";
import { afterEach, describe, expect, it } from "vitest";
import { noSession } from "../../session/session.ts";
import {
  type ApiAnswers,
  anApi,
  aPart,
  aPlan,
  aPlanSummary,
  aResource,
} from "../../testing/api-documents.ts";
import { aReader, renderPage } from "../../testing/render-page.tsx";

afterEach(cleanup);

const id = (digit: string) => digit.repeat(32);
const text = () => (document.body.textContent ?? "").replaceAll("\u00a0", " ");

/** Opens an address of a site with this API. */
function open(address: string, answers: ApiAnswers) {
  const { api, requests } = anApi(answers);
  renderPage(address, aReader(aPublishedMonth()), noSession, api);
  return requests;
}

const rowsOf = async (name: RegExp) =>
  within(await screen.findByRole("table", { name }))
    .getAllByRole("row")
    .map((row) => [...row.children].map((cell) => (cell.textContent ?? "").replaceAll("\u00a0", " ")));

const noOpenPlans = { currency: null, monthly_delta: null, partial: false, plans: [] };

describe("the list of plans", () => {
  const small = aPlanSummary({
    cost: { monthly_delta: "16.425", partial: true },
    counts: { create: 2, replace: 1, no_op: 5 },
    approval: { by: "user:1", at: "2026-03-07T11:00:00Z" },
  });
  const failed = aPlanSummary({ id: id("2"), project: "data", kind: "errored", state: "superseded" });

  it("says what the open plans would add, and lists all with what they do", async () => {
    open("/plans", {
      "GET /open-plans": { currency: "USD", monthly_delta: "16.425", partial: true, plans: [small] },
      "GET /plans": { items: [small, failed], next_cursor: null },
    });
    const [, first, second] = await rowsOf(/Plans/);
    expect(first).toEqual([
      "shop",
      "+$16.43, partial",
      "open, approved",
      "create 2 · replace 1",
      "Mar 7, 2026, 10:00 UTC",
    ]);
    expect(second).toEqual(["data", "unknown", "failed", "", "Mar 7, 2026, 10:00 UTC"]);
    expect(text()).toContain("The open plan would add$16.43 a month");
    expect(text()).toContain("Some cost is not in this amount");
    expect(screen.getByRole("link", { name: "shop" }).getAttribute("href")).toBe(`/plan?id=${id("1")}`);
  });

  it("has no amount for a plan of which all that changes is unknown, and 0 for one that changes nothing", async () => {
    const unknown = aPlanSummary({ counts: { create: 1 }, cost: { partial: true } });
    const nothing = aPlanSummary({
      id: id("3"),
      project: "same",
      counts: { no_op: 4 },
      cost: { partial: true },
    });
    open("/plans", {
      "GET /open-plans": { currency: "USD", monthly_delta: "0", partial: true, plans: [unknown, nothing] },
      "GET /plans": { items: [unknown, nothing], next_cursor: null },
    });
    const [, first, second] = await rowsOf(/Plans/);
    expect(first?.[1]).toBe("unknown");
    expect(second?.[1]).toBe("$0.00, partial");
    expect(text()).toContain("What the open plans would add is not known.");
  });

  it("says that open plans would not change the cost, and not that they would add nothing", async () => {
    const nothing = aPlanSummary({ counts: { no_op: 4 } });
    open("/plans", {
      "GET /open-plans": { currency: "USD", monthly_delta: "0.004", partial: false, plans: [nothing] },
      "GET /plans": { items: [nothing], next_cursor: null },
    });
    await screen.findByText(/The open plan would not change the cost/);
  });

  it("has no amount beside the words that nothing would change", async () => {
    const nothing = aPlanSummary({ counts: { no_op: 4 } });
    open("/plans", {
      "GET /open-plans": { currency: "USD", monthly_delta: "0", partial: true, plans: [nothing] },
      "GET /plans": { items: [nothing], next_cursor: null },
    });
    await screen.findByText("The open plan would not change the cost.");
    expect(text()).not.toContain("$0.00 a month");
    expect(text()).toContain("Some cost is not in this amount");
  });

  it("loads older plans when the reader wants them, and says why it could not", async () => {
    let answers = 0;
    open("/plans", {
      "GET /open-plans": noOpenPlans,
      "GET /plans": { items: [small], next_cursor: "a+b" },
      "GET /plans?cursor=a%2Bb": () => {
        answers += 1;
        if (answers === 1) return Response.json({ message: "The table cannot be read." }, { status: 503 });
        return { items: [failed], next_cursor: null };
      },
    });
    fireEvent.click(await screen.findByRole("button", { name: "Older plans" }));
    await screen.findByText(/The table cannot be read/);
    fireEvent.click(screen.getByRole("button", { name: "Older plans" }));
    await screen.findByRole("link", { name: "data" });
    expect(screen.queryByRole("button", { name: "Older plans" })).toBeNull();
    expect(screen.queryByText(/The table cannot be read/)).toBeNull();
    expect(screen.getByText("2 plans")).toBeTruthy();
  });

  it("says how to upload the first one, and that open plans of two currencies have no sum", async () => {
    open("/plans", {
      "GET /open-plans": { ...noOpenPlans, plans: [small] },
      "GET /plans": { items: [], next_cursor: null },
    });
    await screen.findByRole("heading", { name: "No plan was uploaded yet" });
    expect(text()).toContain("several currencies");
  });

  it("asks the reader to sign in where the API refuses", async () => {
    const refused = () => Response.json({}, { status: 401 });
    open("/plans", { "GET /open-plans": refused, "GET /plans": refused });
    expect((await screen.findAllByRole("button", { name: "Sign in" })).length).toBeGreaterThan(0);
  });
});

describe("a plan", () => {
  const nat = aResource({
    address: 'module.net["a.b"].aws_nat_gateway.out',
    type: "aws_nat_gateway",
    status: "usage-based",
    cost_center: "Platform",
    monthly_after: "32.85",
    monthly_delta: "32.85",
    parts: [
      aPart(),
      aPart({
        name: "Data processed",
        unit: "GB",
        usage_based: true,
        quantity_before: null,
        quantity_after: null,
        monthly_before: null,
        monthly_after: null,
        monthly_delta: null,
      }),
    ],
  });
  const role = aResource();
  const alarm = (name: string) =>
    aResource({
      address: `aws_cloudwatch_metric_alarm.${name}`,
      status: "priced",
      monthly_after: "0.105",
      monthly_delta: "0.105",
      parts: [
        aPart({
          name: "Alarm",
          price_origin: { kind: "observed", day: "2026-03-06", days: 1 },
          monthly_after: "0.105",
          monthly_delta: "0.105",
        }),
      ],
    });
  const instance = aResource({
    address: "aws_instance.web",
    type: "aws_instance",
    action: "update",
    status: "unknown",
    monthly_before: "7.592",
    monthly_after: null,
    monthly_delta: null,
    notes: ["instance_type is known only after the apply."],
    previous_address: "aws_instance.old",
  });
  const plan = aPlan({
    cost: { monthly_after: "33.06", monthly_delta: "33.06", partial: true, one_time: "12" },
    counts: { create: 4, update: 1, move: 1 },
    resources: [nat, alarm("a"), alarm("b"), role, instance],
    by_cost_center: [
      { name: "Platform", monthly_delta: "32.85" },
      { name: null, monthly_delta: "0.21" },
    ],
    warnings: ["size is written, but not planned."],
    drift: { changed: 1, deleted: 1 },
    driftResources: [
      { address: "aws_ebs_volume.data", type: "aws_ebs_volume", change: "deleted" },
      { address: "aws_instance.web", type: "aws_instance", change: "changed" },
    ],
  });
  const answers = {
    [`GET /plans/${id("1")}`]: plan,
    "GET /plans?project=shop": {
      items: [
        plan.summary,
        aPlanSummary({
          id: id("2"),
          uploaded_at: "2026-03-01T10:00:00Z",
          state: "superseded",
          cost: { monthly_delta: "-5" },
        }),
      ],
      next_cursor: null,
    },
  };

  it("says first what it would add a month, and how much of it is not known", async () => {
    open(`/plan?id=${id("1")}`, answers);
    await screen.findByRole("heading", { level: 1, name: "shop" });
    expect(text()).toContain("Applying this plan would add$33.06 a month");
    expect(text()).toContain("1 resource is not, or not wholly, in this amount.");
    expect(text()).toContain("create 4 · update 1 · move 1");
    expect(text()).toMatch(/Once.*\$12\.00charged once/);
    expect(document.title).toBe("Plan · Dapanoskop");
  });

  it("of which no price is known says that the change is unknown, and no amount", async () => {
    const unknown = aPlan({ cost: { partial: true }, resources: [instance, role] });
    open(`/plan?id=${id("1")}`, { ...answers, [`GET /plans/${id("1")}`]: unknown });
    await screen.findByText("What this plan would change is not known.");
    expect(text()).not.toContain("Applying this plan");
  });

  it("lists resources whose displayed amounts add up to the total, and unknown is never 0", async () => {
    open(`/plan?id=${id("1")}`, answers);
    const rows = await rowsOf(/Resources of the plan/);
    expect(
      rows
        .slice(1)
        .map(([name = "", change, before, after]) => [name.replace(/^[▸▾]/, ""), before, after, change]),
    ).toEqual([
      ['module.net["a.b"].aws_nat_gateway.out', "$0.00", "$32.85", "+$32.85"],
      ["aws_cloudwatch_metric_alarm.a", "$0.00", "$0.11", "+$0.11"],
      ["aws_cloudwatch_metric_alarm.b", "$0.00", "$0.10", "+$0.10"],
      ["aws_iam_role.app", "$0.00", "$0.00", "$0.00"],
      ["aws_instance.web", "$7.59", "unknown", "unknown"],
      ["Total of what is known", "$0.00", "$33.06", "+$33.06"],
    ]);
    expect(rows[5]?.[4]).toBe("update (moved)");
  });

  it("unfolds a resource to its charges, with where each price is from", async () => {
    open(
      `/plan?id=${id("1")}&open=${encodeURIComponent(nat.address)}&open=aws_cloudwatch_metric_alarm.a`,
      answers,
    );
    const rows = await rowsOf(/Resources of the plan/);
    expect(rows[2]).toEqual(["Hours", "+$32.85", "$0.00", "$32.85", "730 Hrs", "list price of Feb 1, 2026"]);
    expect(rows[3]).toEqual([
      "Data processed",
      "depends on usage",
      "depends on usage",
      "depends on usage",
      "GB",
      "list price of Feb 1, 2026",
    ]);
    expect(rows[5]?.[5]).toBe("paid by this account until Mar 6, 2026, 1 day");
  });

  it("says who would pay, and adds up", async () => {
    open(`/plan?id=${id("1")}`, answers);
    const region = await screen.findByRole("region", { name: "Who would pay" });
    expect(region.textContent).toContain("Platform+$32.85 a month");
    expect(region.textContent).toContain("Not known which cost center+$0.21 a month");
  });

  it("names what is not included and why, what the plan does not say, and what drifted", async () => {
    open(`/plan?id=${id("1")}`, answers);
    const gaps = await screen.findByRole("region", { name: "What is not included" });
    expect(gaps.textContent).toContain("aws_instance.web: instance_type is known only after the apply.");
    expect(gaps.textContent).toContain("size is written, but not planned.");
    const drift = screen.getByRole("region", { name: "Changed outside of Terraform" });
    expect(drift.textContent).toContain("1 changed, 1 deleted");
    expect(drift.textContent).toContain("aws_ebs_volume.data deleted");
  });

  it("is compared with another plan of the project, the older one first", async () => {
    open(`/plan?id=${id("1")}`, answers);
    const others = await screen.findByRole("region", { name: /Compare with another plan/ });
    expect(within(others).getByRole("link").getAttribute("href")).toBe(
      `/compare?id=${id("2")}&with=${id("1")}`,
    );
    expect(others.textContent).toContain("−$5.00 a month");
  });

  it("is compared with the newest ten of many, and says where the others are", async () => {
    const many = Array.from({ length: 50 }, (_, at) =>
      aPlanSummary({
        id: String(at + 10).padStart(32, "0"),
        uploaded_at: "2026-03-01T10:00:00Z",
        counts: { create: 1 },
        cost: at === 0 ? { monthly_delta: "5", partial: true } : { partial: true },
      }),
    );
    open(`/plan?id=${id("1")}`, {
      ...answers,
      "GET /plans?project=shop": { items: many, next_cursor: "more" },
    });
    const others = await screen.findByRole("region", { name: /Compare with another plan/ });
    const amounts = within(others)
      .getAllByRole("definition")
      .map(({ textContent }) => textContent);
    expect(amounts).toHaveLength(10);
    expect(amounts.slice(0, 2)).toEqual(["+$5.00 a month, partial", "unknown"]);
    expect(within(others).getByRole("link", { name: "Every plan of the project" }).getAttribute("href")).toBe(
      "/plans?project=shop",
    );
  });

  it("lists the first of many things that the plan does not say, and how many more there are", async () => {
    const warnings = Array.from({ length: 10_000 }, (_, at) => `Warning ${at}.`);
    const said = aPlan({ resources: [role], warnings });
    open(`/plan?id=${id("1")}`, { ...answers, [`GET /plans/${id("1")}`]: said });
    const gaps = await screen.findByRole("region", { name: "What is not included" });
    expect(within(gaps).getAllByRole("listitem")).toHaveLength(20);
    expect(gaps.textContent).toContain("And 9,980 more.");
  });

  it("that changes nothing says so, and no amount beside it", async () => {
    open(`/plan?id=${id("1")}`, { ...answers, [`GET /plans/${id("1")}`]: aPlan({ resources: [role] }) });
    await screen.findByText("Applying this plan would not change the cost.");
    expect(text()).not.toContain("$0.00 a month");
  });

  it("names a new charge that depends on usage, of a resource whose other charges are priced", async () => {
    const used = { quantity_after: null, monthly_before: "0", monthly_after: null, monthly_delta: null };
    const gateway = {
      ...nat,
      parts: [aPart(), aPart({ name: "Data processed", usage_based: true, ...used })],
    };
    const only = aPlan({
      cost: { monthly_after: "32.85", monthly_delta: "32.85", partial: true },
      resources: [gateway],
      by_cost_center: [{ name: "Platform", monthly_delta: "32.85" }],
    });
    open(`/plan?id=${id("1")}`, { ...answers, [`GET /plans/${id("1")}`]: only });
    await screen.findByText("1 resource is not, or not wholly, in this amount");
    const region = screen.getByRole("region", { name: "Who would pay" });
    expect(region.textContent).toContain("One resource is not, or not wholly, in these amounts.");
    expect(screen.getByRole("region", { name: "What is not included" }).textContent).toContain(
      gateway.address,
    );
  });

  it("displays before, change and after that add up", async () => {
    const cost = { monthly_before: "0.004", monthly_after: "0.008", monthly_delta: "0.004" };
    open(`/plan?id=${id("1")}`, {
      ...answers,
      [`GET /plans/${id("1")}`]: aPlan({ cost, resources: [role] }),
    });
    const rows = await rowsOf(/Resources of the plan/);
    expect(rows.at(-1)?.slice(0, 4)).toEqual(["Total", "$0.00", "$0.01", "$0.01"]);
  });

  it("of a project whose other plan failed, or is wholly unknown, shows no amount of that one", async () => {
    const failed = aPlanSummary({ id: id("2"), uploaded_at: "2026-03-01T10:00:00Z", kind: "errored" });
    open(`/plan?id=${id("1")}`, {
      ...answers,
      "GET /plans?project=shop": { items: [failed], next_cursor: null },
    });
    const others = await screen.findByRole("region", { name: /Compare with another plan/ });
    expect(others.textContent).toContain("unknown");
    expect(others.textContent).not.toContain("$0.00");
  });

  it("that no address names is asked for", async () => {
    open("/plan", answers);
    await screen.findByRole("heading", { level: 1, name: "Which plan?" });
  });

  it("that failed says so, and no amount", async () => {
    const failed = aPlan({ kind: "errored" });
    open(`/plan?id=${id("1")}`, { ...answers, [`GET /plans/${id("1")}`]: failed });
    await screen.findByRole("heading", { name: "This plan failed" });
    expect(screen.queryByRole("region", { name: "What becomes of this plan" })).toBeNull();
    expect(text()).not.toContain("would not change");
    expect(text()).not.toContain("Applying this plan");
  });

  it("that does not exist, or belongs to somebody else, is explained", async () => {
    open(`/plan?id=${id("9")}`, answers);
    await screen.findByText("There is nothing here.");
  });

  it("shows a hostile name as text", async () => {
    const hostile = aPlan({ resources: [aResource({ address: '<img src=x onerror="alert(1)">\u202e' })] });
    open(`/plan?id=${id("1")}`, { ...answers, [`GET /plans/${id("1")}`]: hostile });
    await screen.findByRole("table", { name: /Resources of the plan/ });
    expect(document.querySelector("main img")).toBeNull();
    expect(text()).not.toContain("\u202e");
    expect(text()).toContain('<img src=x onerror="alert(1)">');
  });
});

describe("what becomes of a plan", () => {
  const path = `/plans/${id("1")}`;
  const press = async (name: string) => fireEvent.click(await screen.findByRole("button", { name }));
  const standing = async () =>
    plain((await screen.findByRole("region", { name: "What becomes of this plan" })).textContent);
  const plain = (content: string | null) => (content ?? "").replaceAll("\u00a0", " ");
  /** The API keeps what it is told, and answers as it stands. */
  function openPlan(own: Parameters<typeof aPlanSummary>[0] = {}) {
    const bodies: unknown[] = [];
    const kept = aPlan({ counts: { create: 1 }, ...own });
    let { summary } = kept;
    const put =
      (
        change: (body: {
          readonly state: "open" | "applied" | "dropped";
          readonly approved: boolean;
        }) => Partial<typeof summary>,
      ) =>
      (body: never) => {
        bodies.push(body);
        summary = { ...summary, ...change(body) };
        return summary;
      };
    const at = "2026-03-08T09:00:00Z";
    const requests = open(`/plan?id=${id("1")}`, {
      [`GET ${path}`]: kept,
      "GET /plans?project=shop": { items: [], next_cursor: null },
      [`PUT ${path}/state`]: put(({ state }) => ({ state, settled_at: state === "open" ? null : at })),
      [`PUT ${path}/approval`]: put(({ approved }) => ({
        approval: approved ? { by: "user:<b>1\u202e", at } : null,
      })),
    });
    return { requests, bodies };
  }

  it("is approved after a second click, for this content alone, and the approval withdrawn", async () => {
    const { requests, bodies } = openPlan();
    expect(await standing()).toContain("Not approved.");
    await press("Approve");
    expect(await standing()).toContain("lets exactly this plan pass, whatever it costs");
    expect(requests.filter((request) => request.startsWith("PUT"))).toEqual([]);
    await press("Do not approve");
    await waitFor(() => expect(document.activeElement?.textContent).toBe("Approve"));
    await press("Approve");
    await press("Approve this plan");
    await waitFor(async () =>
      expect(await standing()).toContain(
        "Approved on Mar 8, 2026, 09:00 UTC by the signed-in person with the id <b>1",
      ),
    );
    expect(text()).not.toContain("\u202e");
    await waitFor(() => expect(document.activeElement?.textContent).toContain("Approved"));
    await press("Withdraw the approval");
    await press("Withdraw it");
    await waitFor(async () => expect(await standing()).toContain("Not approved."));
    expect(bodies).toEqual([{ approved: true }, { approved: false }]);
  });

  it.each([
    ["Mark as applied", "It was applied", "applied", "It was not applied"],
    ["Drop", "Drop the plan", "dropped", "It was not dropped"],
  ])("is %s, which can be taken back", async (label, confirm, state, back) => {
    const { bodies } = openPlan();
    await press(label);
    expect(bodies).toEqual([]);
    await press(confirm);
    await press(back);
    expect(text()).toContain(`uploaded Mar 7, 2026, 10:00 UTC, ${state}`);
    expect(screen.queryByRole("button", { name: "Approve" })).toBeNull();
    await press("Take it back");
    await screen.findByRole("button", { name: label });
    expect(bodies).toEqual([{ state }, { state: "open" }]);
  });

  it("says why a change failed, and keeps the focus", async () => {
    open(`/plan?id=${id("1")}`, {
      [`GET ${path}`]: aPlan({ counts: { create: 1 } }),
      "GET /plans?project=shop": { items: [], next_cursor: null },
      [`PUT ${path}/state`]: () => Response.json({ message: "The table cannot be read." }, { status: 503 }),
    });
    await press("Drop");
    await press("Drop the plan");
    await screen.findByText("The plan was not dropped. The table cannot be read.");
    expect(document.activeElement?.textContent).toBe("Drop the plan");
    expect(await standing()).toContain("Open:");
  });

  it("that is superseded says so", async () => {
    openPlan({ state: "superseded" });
    expect(await standing()).toContain(
      "Superseded: its project has a newer plan, or it is older than 30 days.",
    );
  });
});

describe("two plans compared", () => {
  it("show what differs, and what that costs", async () => {
    const side = {
      fingerprint: "a".repeat(64),
      kind: "plan",
      currency: "USD",
      monthly_delta: "10",
      partial: false,
    };
    const compared = { type: "aws_instance", from_action: "create", to_action: "create" };
    open(`/compare?id=${id("2")}&with=${id("1")}`, {
      [`GET /plans/${id("1")}`]: aPlan(),
      [`GET /plans/${id("2")}`]: aPlan({ id: id("2") }),
      [`GET /plans/${id("2")}/comparison?with=${id("1")}`]: {
        schema: 1,
        from: side,
        to: { ...side, monthly_delta: "30.005" },
        is_same_plan: false,
        monthly_delta_difference: "20.005",
        added: [
          {
            ...compared,
            address: "b",
            from_action: null,
            from_monthly_delta: null,
            to_monthly_delta: "12.005",
          },
        ],
        removed: [],
        changed: [{ ...compared, address: "a", from_monthly_delta: "2", to_monthly_delta: null }],
      },
    });
    const rows = await rowsOf(/Resources that differ/);
    expect(rows[1]).toEqual(["a", "differs", "create", "+$2.00", "create", "unknown"]);
    expect(rows[2]).toEqual(["b", "only in the second", "not in it", "", "create", "+$12.01"]);
    expect(text()).toContain("Difference, a month+$20.01");
  });

  it("have no difference where one failed, is wholly unknown, or has another currency", async () => {
    const side = {
      fingerprint: "a".repeat(64),
      kind: "plan",
      currency: "USD",
      monthly_delta: "0",
      partial: true,
    };
    const lists = { added: [], removed: [], changed: [] };
    const unknown = aPlan({ id: id("2"), counts: { create: 1 }, cost: { partial: true } });
    open(`/compare?id=${id("2")}&with=${id("1")}`, {
      [`GET /plans/${id("1")}`]: aPlan({ cost: { currency: "EUR", monthly_delta: "5" } }),
      [`GET /plans/${id("2")}`]: unknown,
      [`GET /plans/${id("2")}/comparison?with=${id("1")}`]: {
        schema: 1,
        from: side,
        to: { ...side, currency: "EUR", monthly_delta: "5", partial: false },
        is_same_plan: false,
        monthly_delta_difference: null,
        ...lists,
      },
    });
    await screen.findByText("Difference, a month");
    expect(text()).toContain("Difference, a monthunknown");
    expect(text()).toContain("First plan, a monthunknown");
    expect(text()).toContain("Second plan, a month+€5.00");
  });

  it("that the address names only in part are asked for", async () => {
    open(`/compare?id=${id("2")}`, {});
    await screen.findByRole("heading", { level: 1, name: "Which plan?" });
  });
});

describe("a site without the API", () => {
  it("has no links to plans, drift and budgets, and says why where the reader opens one", async () => {
    renderPage("/plans", aReader(aPublishedMonth()));
    await screen.findByRole("heading", { name: "Plans, drift and budgets are off" });
    const nav = screen.getByRole("navigation", { name: "Pages" });
    expect(
      within(nav)
        .getAllByRole("link")
        .map((link) => link.textContent),
    ).toEqual(["Overview", "Storage", "Published"]);
  });

  it("gets the links when the API is switched on", async () => {
    open("/", { "GET /open-plans": noOpenPlans, "GET /budgets": { items: [] } });
    const nav = await screen.findByRole("navigation", { name: "Pages" });
    await waitFor(() =>
      expect(within(nav).getByRole("link", { name: "Plans" }).getAttribute("href")).toBe("/plans"),
    );
    expect(within(nav).getByRole("link", { name: "Overview" }).getAttribute("aria-current")).toBe("page");
  });
});
