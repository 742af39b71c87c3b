import { aPublishedMonth } from "@dapanoskop/dataset/testing";
import { cleanup, screen, waitFor } from "@solidjs/testing-library";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { anIndex, aReader, renderPage } from "../testing/render-page.tsx";

const published = aPublishedMonth({ at: "2026-04-08T06:00:00Z", period: "2026-03" });
const START = Date.parse("2026-04-08T09:00:00Z");

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: START });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Opens the overview and counts the reads of the index. */
async function openPage() {
  const index = vi.fn(async () => anIndex(published));
  renderPage("/", aReader(published, { index }));
  await screen.findByRole("heading", { level: 1 });
  return index;
}

const show = () => document.dispatchEvent(new Event("visibilitychange"));

describe("a page that was in the background", () => {
  it("reads the index again after five minutes, then after five more", async () => {
    const index = await openPage();
    vi.setSystemTime(START + 5 * 60_000 - 1_000);
    show();
    expect(index).toHaveBeenCalledTimes(1);
    vi.setSystemTime(START + 5 * 60_000 + 1_000);
    show();
    show();
    await waitFor(() => expect(index).toHaveBeenCalledTimes(2));
    vi.setSystemTime(START + 11 * 60_000);
    show();
    await waitFor(() => expect(index).toHaveBeenCalledTimes(3));
  });

  it("does not read the index while it is hidden", async () => {
    const index = await openPage();
    vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
    vi.setSystemTime(START + 60 * 60_000);
    show();
    expect(index).toHaveBeenCalledTimes(1);
  });
});

describe("a page that is offline", () => {
  it("says so until the connection is back", async () => {
    const isOnline = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    await openPage();
    expect(screen.getByText(/You are offline/)).toBeTruthy();
    isOnline.mockReturnValue(true);
    window.dispatchEvent(new Event("online"));
    expect(screen.queryByText(/You are offline/)).toBeNull();
    isOnline.mockReturnValue(false);
    window.dispatchEvent(new Event("offline"));
    expect(screen.getByText(/You are offline/)).toBeTruthy();
  });
});
