import { aPublishedMonth } from "@dapanoskop/dataset/testing";
import { cleanup, fireEvent, screen, waitFor, within } from "@solidjs/testing-library";
import { afterEach, describe, expect, it } from "vitest";
import { aReader, renderPage } from "../testing/render-page.tsx";

afterEach(cleanup);

const bill = (period: string) => aPublishedMonth({ at: "2026-04-08T06:00:00Z", period });

/** A page with the closed months January to March 2026. */
function openPage(address: string) {
  const months = ["2026-01", "2026-02", "2026-03"].map(bill);
  const trend = { ...bill("2026-03").trend, months: months.flatMap((month) => month.trend.months) };
  const reader = aReader(
    { ...bill("2026-03"), trend },
    { summary: async (_, period) => bill(period).summary },
  );
  renderPage(address, reader);
}

const strip = () => screen.findByRole("navigation", { name: "Months" });
const current = async () =>
  (await strip()).querySelector("[aria-current]")?.textContent?.replace(/\s+/g, " ");
const press = (key: string, more: object = {}) => fireEvent.keyDown(document, { key, ...more });

describe("the months above a page", () => {
  it("are oldest first, with the year at January and at the oldest; the newest is open", async () => {
    openPage("/");
    const links = within(await strip()).getAllByRole("link");
    expect(links.map(({ textContent }) => textContent)).toEqual(["‹", "Jan 26", "Feb 2026", "Mar 2026"]);
    expect(await current()).toBe("Mar 2026");
  });

  it("lead to the same page with the same parameters", async () => {
    openPage("/cost-center?name=Engineering&sort=name&period=2026-02");
    await screen.findByRole("heading", { level: 1, name: "Engineering" });
    const links = within(await strip()).getAllByRole("link");
    expect(links.map((link) => link.getAttribute("href"))).toEqual([
      "/cost-center?name=Engineering&sort=name&period=2026-01",
      "/cost-center?name=Engineering&sort=name&period=2026-01",
      "/cost-center?name=Engineering&sort=name&period=2026-02",
      "/cost-center?name=Engineering&sort=name&period=2026-03",
      "/cost-center?name=Engineering&sort=name&period=2026-03",
    ]);
  });

  it("end at the oldest and the newest month", async () => {
    openPage("/?period=2026-01");
    const [previous] = [screen.getByLabelText("Previous month"), await strip()];
    await waitFor(() =>
      expect(screen.getByLabelText("Next month").getAttribute("href")).toContain("2026-02"),
    );
    expect(previous.getAttribute("href")).toBeNull();
    expect(previous.getAttribute("aria-disabled")).toBe("true");
    press("ArrowLeft");
    expect(location.search).toBe("?period=2026-01");
  });

  it("change by the left and right arrow keys", async () => {
    openPage("/?period=2026-02");
    await waitFor(async () => expect(await current()).toBe("Feb 2026"));
    press("ArrowLeft");
    await waitFor(() => expect(location.search).toBe("?period=2026-01"));
    press("ArrowRight");
    await waitFor(() => expect(location.search).toBe("?period=2026-02"));
  });

  it("do not change by arrow keys with a modifier, or while another control has the focus", async () => {
    openPage("/?period=2026-02");
    await waitFor(async () => expect(await current()).toBe("Feb 2026"));
    for (const modifier of ["altKey", "ctrlKey", "metaKey", "shiftKey"])
      press("ArrowLeft", { [modifier]: true });
    press("ArrowUp");
    screen.getByRole("combobox", { name: "Appearance" }).focus();
    press("ArrowLeft");
    expect(location.search).toBe("?period=2026-02");
  });
});
