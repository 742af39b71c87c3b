import { cleanup, render, waitFor } from "@solidjs/testing-library";
import { createSignal } from "solid-js";
import { afterEach, describe, expect, it, vi } from "vitest";
import { AllRows, ROWS_PER_TASK } from "./all-rows.tsx";

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const ROW_COUNT = 100;
const amounts = (of: string) => Array.from({ length: ROW_COUNT }, (_, at) => `${of} ${at}`);

/** A table of a month's rows, with functions that show another month or another order. */
function aTable(first = ROW_COUNT) {
  const [month, setMonth] = createSignal(amounts("May"));
  const [most, setMost] = createSignal(first);
  const [isReversed, setReversed] = createSignal(false);
  const lines = () => (isReversed() ? month().toReversed() : month()).slice(0, most());
  const { container } = render(() => (
    <table>
      <AllRows
        of={month()}
        lines={lines()}
        columns={1}
        draw={(line) => (
          <tr>
            <td>{line}</td>
          </tr>
        )}
      />
    </table>
  ));
  const cells = () => [...container.querySelectorAll("td")];
  const drawn = () => cells().flatMap(({ textContent }) => textContent || []);
  const space = () => cells().find(({ textContent }) => textContent === "")?.style.height;
  const isBusy = () => container.querySelector("tbody")?.getAttribute("aria-busy");
  const whole = () => waitFor(() => expect([drawn().length, isBusy()]).toEqual([ROW_COUNT, "false"]));
  return {
    drawn,
    space,
    isBusy,
    whole,
    open: (name: string) => setMonth(amounts(name)),
    reverse: setReversed,
    unfold: setMost,
  };
}

const afterSomePaints = () => new Promise((resolve) => setTimeout(resolve, 100));

/** Sets the rows' distance from the upper edge of the window. */
const placeRowsAt = (top: number) =>
  vi
    .spyOn(HTMLTableRowElement.prototype, "getBoundingClientRect")
    .mockReturnValue(new DOMRect(0, top, 100, 40));

describe("a table with many rows", () => {
  it("draws the first rows at once, keeps the place of the others, and draws them later", async () => {
    const { drawn, space, isBusy, whole } = aTable();
    expect(drawn()).toEqual(amounts("May").slice(0, ROWS_PER_TASK));
    expect([space(), isBusy()]).toEqual([`${(ROW_COUNT - ROWS_PER_TASK) * 40}px`, "true"]);
    await whole();
    expect([drawn(), space()]).toEqual([amounts("May"), undefined]);
  });

  it("does the same for another month", async () => {
    placeRowsAt(5_000);
    const { drawn, whole, open } = aTable();
    await whole();
    open("June");
    expect(drawn()).toEqual(amounts("June").slice(0, ROWS_PER_TASK));
    await whole();
    expect(drawn()).toEqual(amounts("June"));
  });

  it("draws all rows of another month at once when the reader has scrolled down", async () => {
    placeRowsAt(100);
    const { drawn, whole, open } = aTable();
    await whole();
    open("June");
    expect(drawn()).toEqual(amounts("June"));
  });

  it("keeps all rows drawn when it is sorted", async () => {
    placeRowsAt(5_000);
    const { drawn, whole, reverse } = aTable();
    await whole();
    reverse(true);
    expect(drawn()).toEqual(amounts("May").reverse());
  });

  it("draws rows that were unfolded later", async () => {
    const { drawn, whole, unfold } = aTable(10);
    await afterSomePaints();
    expect(drawn().length).toBe(10);
    unfold(ROW_COUNT);
    await whole();
    expect(drawn()).toEqual(amounts("May"));
  });

  it("stops drawing when the page is closed", async () => {
    const { drawn } = aTable();
    cleanup();
    await afterSomePaints();
    expect(drawn()).toEqual([]);
  });
});
