import { visible } from "@dapanoskop/core/text";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aBill, aCharge } from "../support/a-bill.ts";
import { openBrowser } from "../support/browser.ts";
import { parseCsv } from "../support/csv.ts";
import {
  barriers,
  collisions,
  downloaded,
  overflow,
  phone,
  settled,
  textOf,
  type Visit,
  visit,
} from "../support/page-visit.ts";
import { billSite, emptyApi, idsOf, type TestSite } from "../support/test-site.ts";

// Everyone who can tag a resource can write a name that our page shows.

const RAN = "globalThis.ran=1";
const names = [
  `<img src=x onerror="${RAN}">`,
  `<script>${RAN}</script>`,
  `"><svg/onload=${RAN}>`,
  `</bdi></title></style><script>${RAN}</script>`,
  `javascript:${RAN}`,
  `\${${RAN}}{{${RAN}}}`,
  "//evil.example/x?y#z",
  "../../published?period=2019-01",
  "a&name=b&period=1999-01",
  "%00%2e%2e%2f%E0%A4%A",
  "__proto__",
  "constructor",
  "\u202egnp.exe\u2066",
  "\0\u0007\u001b[2J",
  "\u200b\ufeff",
  `=HYPERLINK("http://evil.example","click")`,
  " \t@SUM(A1)",
  "x".repeat(10_240),
  "wide ".repeat(400),
  `Z${"\u0301".repeat(500)}`,
  "👩‍👩‍👧‍👦",
  "+",
  " ",
];
const neighbor = (at: number, by: number) => names[(at + by) % names.length] ?? "";

const DAY = "2026-03-04T06:00:00Z";

let site: TestSite;
let browser: Browser;
let seen: Visit;

beforeAll(async () => {
  const bill = aBill(
    ["2026-02-01", "2026-03-01"].flatMap((day, month) =>
      names.map((app, at) =>
        aCharge(day, {
          app,
          center: neighbor(at, 1),
          usageType: neighbor(at, 2),
          cost: String(10 * (at + 1) * (month + 1)),
        }),
      ),
    ),
  );
  [site, browser] = await Promise.all([billSite(bill, DAY, 1, emptyApi), openBrowser()]);
  await uploadNames(site);
  seen = await visit(browser, site, phone);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** No script ran, no foreign request was made, the page is not wider than the screen, and its navigation is visible. */
async function expectUnharmed(): Promise<void> {
  const { page, requests, problems } = seen;
  expect(await page.evaluate("globalThis.ran")).toBeUndefined();
  expect(await page.evaluate("Object.keys(Object.prototype)")).toEqual([]);
  expect(
    requests.filter(
      (request) => !/^\/($|\?|assets\/|data\/|icon\.svg|config\.json|api\/|[a-z-]+(\?|$))/.test(request),
    ),
  ).toEqual([]);
  expect(problems).toEqual([]);
  expect(await overflow(page)).toBe(0);
  expect(await page.locator("main img, main script, main svg [onload]").count()).toBe(0);
  expect(await page.getByRole("navigation", { name: "Pages" }).isVisible()).toBe(true);
}

/** Where a name is in a plan: an index key, a tag, and values that the page may show. */
const planOfNames = {
  format_version: "1.2",
  terraform_version: "1.11.4",
  resource_changes: names.map((name) => aVolume(name, null, { size: 100, type: "gp3", tags: { App: name } })),
  resource_drift: names.map((name) =>
    aVolume(
      name,
      { size: 100, type: "gp3", tags: { App: "a" } },
      { size: 200, type: "gp3", tags: { App: name } },
    ),
  ),
  configuration: {
    provider_config: {
      aws: {
        name: "aws",
        full_name: "registry.terraform.io/hashicorp/aws",
        expressions: { region: { constant_value: "us-east-1" } },
      },
    },
    root_module: {
      resources: [
        {
          address: "aws_ebs_volume.data",
          mode: "managed",
          type: "aws_ebs_volume",
          name: "data",
          provider_config_key: "aws",
          expressions: {},
        },
      ],
    },
  },
  errored: false,
  complete: true,
};

function aVolume(name: string, before: object | null, after: object) {
  return {
    address: `aws_ebs_volume.data[${JSON.stringify(name)}]`,
    index: name,
    mode: "managed",
    type: "aws_ebs_volume",
    name: "data",
    provider_name: "registry.terraform.io/hashicorp/aws",
    change: {
      actions: [before === null ? "create" : "update"],
      before,
      after,
      after_unknown: {},
      before_sensitive: false,
      after_sensitive: {},
    },
  };
}

/** Plans, drift and budgets with every name that the API takes. It may refuse a name, and never fails. */
async function uploadNames({ origin }: TestSite): Promise<void> {
  const send = async (path: string, body: unknown): Promise<number> => {
    const { status } = await fetch(`${origin}/api${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    expect(status, path).toBeLessThan(500);
    return status;
  };
  expect(await send("/plans?project=names", planOfNames)).toBe(201);
  const older = { ...planOfNames, resource_changes: planOfNames.resource_changes.slice(1) };
  expect(await send("/plans?project=names", older)).toBe(201);
  expect(await send("/drift?project=names", planOfNames)).toBe(201);
  for (const name of names) await send("/drift/failures", { project: "failed", reason: name });
  const made: number[] = [];
  for (const [at, name] of names.entries()) {
    const scope = { kind: at % 2 === 0 ? "workload" : "cost-center", name };
    made.push(
      await send("/budgets", {
        name: name.slice(0, 120),
        scope,
        period: "month",
        limit: "10",
        currency: "USD",
      }),
    );
  }
  expect(made.filter((status) => status === 201).length, "budgets").toBeGreaterThan(names.length / 2);
}

/** Characters that are invisible or change the direction of text. */
const INVISIBLE = /[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b\ufeff]/u;

describe("hostile names in a browser", () => {
  it("are text on the overview, each a link to its own page", async () => {
    const open = names.map((name) => `&open=${encodeURIComponent(name)}`).join("");
    for (const address of ["/?period=2026-03", `/?period=2026-03${open}&months=all`.slice(0, 12_000)]) {
      await seen.page.setViewportSize(phone);
      await seen.open(address);
      await expectUnharmed();
      expect((await textOf(seen.page)).replaceAll("\n", "")).not.toMatch(INVISIBLE);
      await seen.page.setViewportSize({ width: 1440, height: 900 });
      await settled(seen.page);
      await expectUnharmed();
    }
    expect(await barriers(seen.page)).toEqual([]);
    await seen.open("/?period=2026-03");
    const links = await seen.page
      .getByRole("table", { name: "Cost centers and their workloads" })
      .locator("tbody th a")
      .evaluateAll((all) => all.map((link) => [link.getAttribute("href"), link.textContent]));
    const texts = new Map(
      links.map(([href, text]) => [
        new URLSearchParams((href ?? "").replace(/^[^?]*\?/, "")).get("name"),
        text,
      ]),
    );
    for (const name of names) expect(texts.get(name), visible(name, 40)).toBe(visible(name, 60));
    expect(links.every(([href]) => href?.startsWith("/cost-center?"))).toBe(true);
  });

  it("do not overlap figures, and no row is taller than a few lines", async () => {
    await seen.page.setViewportSize(phone);
    await seen.open("/?period=2026-03");
    expect(await collisions(seen.page)).toEqual([]);
    const heights = await seen.page
      .getByRole("table", { name: "Cost centers and their workloads" })
      .locator("tbody tr")
      .evaluateAll((all) => all.map((row) => row.getBoundingClientRect().height));
    expect(Math.max(...heights)).toBeLessThan(160);
  });

  it.each(names.map((name) => [visible(name, 30), name]))("have a page: %s", async (_, name) => {
    await seen.page.setViewportSize(phone);
    const at = names.indexOf(name);
    await seen.open(`/workload?${new URLSearchParams({ period: "2026-03", name })}`);
    expect(await seen.page.locator("h1").textContent()).toBe(visible(name, 120));
    expect(await seen.page.title()).toBe(`${visible(name, 40)} · Dapanoskop`.replaceAll(/\s+/g, " ").trim());
    const text = await textOf(seen.page);
    expect(text).toContain(`$${(20 * (at + 1)).toFixed(2)}`);
    expect(text).not.toMatch(INVISIBLE);
    expect(
      await seen.page.getByRole("table", { name: "Cost by usage type" }).locator("tbody tr").count(),
    ).toBe(1);
    await expectUnharmed();
  });

  it("are escaped in the names and cells of saved files", async () => {
    for (const name of names.slice(0, 6)) {
      await seen.open(`/cost-center?${new URLSearchParams({ period: "2026-03", name })}`);
      const csv = await downloaded(seen.page, () =>
        seen.page
          .getByRole("region", { name: "Workloads", exact: true })
          .getByRole("button", { name: "CSV" })
          .click(),
      );
      expect(csv.name).toMatch(/^dapanoskop-2026-03-[\w.-]+\.csv$/);
      const svg = await downloaded(seen.page, () => seen.page.getByRole("button", { name: "SVG" }).click());
      expect(svg.name).toMatch(/^dapanoskop-[\w.-]+\.svg$/);
      const alive = await seen.page.evaluate<number>(`[...new DOMParser()
        .parseFromString(${JSON.stringify(svg.text)}, "image/svg+xml").querySelectorAll("*")]
        .filter((each) => each.namespaceURI !== "http://www.w3.org/2000/svg"
          || each.localName === "script" || each.localName === "parsererror"
          || [...each.attributes].some(({ name }) => name.startsWith("on"))).length`);
      expect(alive).toBe(0);
    }
    await seen.open("/?period=2026-03");
    const { text } = await downloaded(seen.page, () =>
      seen.page
        .getByRole("region", { name: "Cost centers", exact: true })
        .getByRole("button", { name: "CSV" })
        .click(),
    );
    const rows = parseCsv(text).slice(1);
    const cells = rows.flatMap(([center = "", workload = ""]) => [center, workload]);
    // A spreadsheet ignores zero-width characters at the start of a cell; after them it finds an apostrophe.
    expect(cells.filter((cell) => /^[\s\p{Cf}]*[=+\-@\t\r\0]/u.test(cell))).toEqual([]);
    const raw = new Set(cells.map((cell) => cell.replace(/^'/, "")));
    for (const name of names) expect(raw.has(name), visible(name, 40)).toBe(true);
  });

  it("are text on the pages of plans, drift and budgets", async () => {
    const [newer = "", older = ""] = await idsOf(site, "/plans?project=names");
    const budgets = await idsOf(site, "/budgets");
    const addresses = [
      "/",
      "/plans",
      `/plan?id=${older}`,
      `/compare?id=${older}&with=${newer}`,
      "/drift",
      "/budgets",
      ...budgets.slice(0, 4).map((id) => `/budget?id=${encodeURIComponent(id)}`),
    ];
    for (const address of addresses) {
      await seen.page.setViewportSize(phone);
      await seen.open(address);
      await expectUnharmed();
      expect((await textOf(seen.page)).replaceAll("\n", ""), address).not.toMatch(INVISIBLE);
      expect(await collisions(seen.page), address).toEqual([]);
    }
  });

  it("are text when they are in the address", async () => {
    for (const address of [
      `/workload?name=${encodeURIComponent(names[0] ?? "")}&period=2026-02&sort=${encodeURIComponent("<b>-")}`,
      `/?find=${encodeURIComponent(names[1] ?? "")}`,
      `/cost-center?name=${encodeURIComponent("nobody<img src=x onerror=globalThis.ran=1>")}`,
    ]) {
      await seen.open(address);
      await expectUnharmed();
    }
  });
});
