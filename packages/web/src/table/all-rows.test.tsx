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

/** A table of a month's amounts, and how to bring another month, or another order of the same. */
function aTable(first = ROW_COUNT) {
  const [month, setMonth] = createSignal(amounts("May"));
  const [most, setMost] = createSignal(first);
  const [isTurned, setTurned] = createSignal(false);
  const lines = () => (isTurned() ? month().toReversed() : month()).slice(0, most());
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
    turn: setTurned,
    unfold: setMost,
  };
}

const afterSomePaints = () => new Promise((resolve) => setTimeout(resolve, 100));

/** How far below the window's upper edge rows stand. */
const standAt = (top: number) =>
  vi
    .spyOn(HTMLTableRowElement.prototype, "getBoundingClientRect")
    .mockReturnValue(new DOMRect(0, top, 100, 40));

describe("a table of many amounts", () => {
  it("draws those that are seen first, keeps the place of the others, and draws them in their turn", async () => {
    const { drawn, space, isBusy, whole } = aTable();
    expect(drawn()).toEqual(amounts("May").slice(0, ROWS_PER_TASK));
    expect([space(), isBusy()]).toEqual([`${(ROW_COUNT - ROWS_PER_TASK) * 40}px`, "true"]);
    await whole();
    expect([drawn(), space()]).toEqual([amounts("May"), undefined]);
  });

  it("does the same with another month's", async () => {
    standAt(5_000);
    const { drawn, whole, open } = aTable();
    await whole();
    open("June");
    expect(drawn()).toEqual(amounts("June").slice(0, ROWS_PER_TASK));
    await whole();
    expect(drawn()).toEqual(amounts("June"));
  });

  it("draws another month's at once where the others are what a reader looks at", async () => {
    standAt(100);
    const { drawn, whole, open } = aTable();
    await whole();
    open("June");
    expect(drawn()).toEqual(amounts("June"));
  });

  it("keeps all of them when it is turned", async () => {
    standAt(5_000);
    const { drawn, whole, turn } = aTable();
    await whole();
    turn(true);
    expect(drawn()).toEqual(amounts("May").reverse());
  });

  it("draws what was unfolded after all of it was drawn", async () => {
    const { drawn, whole, unfold } = aTable(10);
    await afterSomePaints();
    expect(drawn().length).toBe(10);
    unfold(ROW_COUNT);
    await whole();
    expect(drawn()).toEqual(amounts("May"));
  });

  it("is left before all of them were drawn", async () => {
    const { drawn } = aTable();
    cleanup();
    await afterSomePaints();
    expect(drawn()).toEqual([]);
  });
});
