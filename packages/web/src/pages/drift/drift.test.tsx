import { aPublishedMonth } from "@dapanoskop/dataset/testing";
import { cleanup, screen, within } from "@solidjs/testing-library";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { noSession } from "../../session/session.ts";
import { type ApiAnswers, aDriftScan, aFinding, anApi } from "../../testing/api-documents.ts";
import { aReader, renderPage } from "../../testing/render-page.tsx";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-03-08T09:00:00Z") });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const plain = (element: HTMLElement) => (element.textContent ?? "").replaceAll("\u00a0", " ");

function open(address: string, answers: ApiAnswers) {
  const { api, requests } = anApi(answers);
  renderPage(address, aReader(aPublishedMonth()), noSession, api);
  return requests;
}

const drifted = aDriftScan({
  status: "drift",
  counts: { cost: 1, allocation: 2, other: 0, ignored: 1 },
  monthly_delta: "553.048",
});
const noFindings = { items: [], next_cursor: null };

describe("the page of drift", () => {
  it("says for each project what its newest scan found", async () => {
    open("/drift", {
      "GET /drift/projects": { items: [{ project: "shop", latest: drifted, last_good: drifted }] },
      "GET /drift": noFindings,
    });
    const projects = await screen.findByRole("region", { name: "Projects" });
    expect(plain(projects)).toContain("shopDrift");
    expect(plain(projects)).toContain(
      "Resources: 1 changes the cost, 2 move cost between centers, 1 is ignored. +$553.05 a month. Scanned Mar 8, 2026, 03:00 UTC, 6 hours ago.",
    );
  });

  it("never says that a failed scan found no drift: it gives the reason and the age of the last good result", async () => {
    const failed = aDriftScan({
      status: "failed",
      reason: "terraform init failed: no credentials.",
      counts: null,
      monthly_delta: null,
    });
    const good = aDriftScan({ ...drifted, id: "old", scanned_at: "2026-03-05T03:00:00Z" });
    open("/drift", {
      "GET /drift/projects": {
        items: [
          { project: "shop", latest: failed, last_good: good },
          { project: "data", latest: { ...failed, project: "data" }, last_good: null },
        ],
      },
      "GET /drift": noFindings,
    });
    const projects = await screen.findByRole("region", { name: "Projects" });
    expect(plain(projects)).not.toContain("No drift");
    expect(plain(projects)).toContain(
      "shopThe scan failedterraform init failed: no credentials. Nothing is known",
    );
    expect(plain(projects)).toContain("The last good result is 3 days old. Resources: 1 changes the cost");
    expect(plain(projects)).toContain("No scan of this project ever succeeded.");
  });

  it("lists drifted resources with when they were first seen and resolved, in the API's order: open ones first", async () => {
    open("/drift", {
      "GET /drift/projects": { items: [{ project: "shop", latest: drifted, last_good: drifted }] },
      "GET /drift": {
        items: [
          aFinding({ id: "2" }),
          aFinding({
            id: "3",
            address: "aws_ebs_volume.b",
            change: "deleted",
            paths: [],
            monthly_delta: "-8",
            first_seen: "2026-03-02T03:00:00Z",
            ignored: true,
          }),
          aFinding({
            id: "1",
            address: "aws_s3_bucket.a",
            severity: "other",
            paths: ["a", "b", "c", "d", "e"],
            monthly_delta: null,
            resolved_at: "2026-03-07T03:00:00Z",
          }),
        ],
        next_cursor: null,
      },
    });
    const table = await screen.findByRole("table", { name: "Drifted resources" });
    const rows = within(table)
      .getAllByRole("row")
      .slice(1, 4)
      .map((row) => [...row.children].map((cell) => plain(cell as HTMLElement)));
    expect(rows).toEqual([
      [
        "aws_instance.web",
        "+$553.05",
        "changes the cost",
        "instance_type",
        "shop",
        "Mar 5, 2026",
        "no, seen Mar 8, 2026",
      ],
      [
        "aws_ebs_volume.b",
        "−$8.00",
        "changes the cost, ignored",
        "deleted",
        "shop",
        "Mar 2, 2026",
        "no, seen Mar 8, 2026",
      ],
      ["aws_s3_bucket.a", "unknown", "other", "a, b, 3 more", "shop", "Mar 5, 2026", "Mar 7, 2026"],
    ]);
  });

  it("writes each amount in the currency of its project", async () => {
    const yuan = aDriftScan({ ...drifted, currency: "CNY" });
    open("/drift", {
      "GET /drift/projects": {
        items: [
          { project: "shop", latest: drifted, last_good: drifted },
          { project: "beijing", latest: yuan, last_good: yuan },
        ],
      },
      "GET /drift": { items: [aFinding({ id: "1", project: "beijing" })], next_cursor: null },
    });
    const table = await screen.findByRole("table", { name: "Drifted resources" });
    expect(plain(table)).toContain("+¥553.05");
    expect(plain(table)).not.toContain("$");
  });

  it("shows the findings of one project, and keeps that in the address", async () => {
    const requests = open("/drift?project=acme%2Fshop", {
      "GET /drift/projects": { items: [{ project: "acme/shop", latest: drifted, last_good: drifted }] },
      "GET /drift?project=acme%2Fshop": noFindings,
    });
    await screen.findByRole("table", { name: "Drifted resources" });
    expect(requests).toContain("GET /drift?project=acme%2Fshop");
    expect(screen.getByRole("link", { name: "acme/shop" }).getAttribute("aria-current")).toBe("true");
    expect(screen.getByRole("link", { name: "Every project" }).getAttribute("href")).toBe("/drift");
  });

  it("says how to scan the first project", async () => {
    open("/drift", { "GET /drift/projects": { items: [] } });
    await screen.findByRole("heading", { name: "No project was scanned yet" });
  });
});
