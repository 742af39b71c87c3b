// @vitest-environment jsdom
import { createRoot } from "solid-js";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createElementWidth } from "./element-width.ts";

/** Reports the widths that a browser would. */
class Observer {
  static last: Observer | null = null;
  isConnected = false;
  readonly report: (entries: readonly { readonly contentRect: { readonly width: number } }[]) => void;
  constructor(report: Observer["report"]) {
    this.report = report;
    Observer.last = this;
  }
  observe(): void {
    this.isConnected = true;
  }
  disconnect(): void {
    this.isConnected = false;
  }
}

afterEach(() => vi.unstubAllGlobals());

describe("the width of an element", () => {
  it("is the initial one until it is laid out, and stays while the element is hidden", () => {
    vi.stubGlobal("ResizeObserver", Observer);
    createRoot((dispose) => {
      const [width, measure] = createElementWidth(640);
      measure(document.createElement("div"));
      const { last } = Observer;
      if (last === null) throw new Error("Nothing observes the element.");
      expect(width()).toBe(640);
      const reported = [801.4, 0, 0.4].map((found) => {
        last.report([{ contentRect: { width: found } }]);
        return width();
      });
      expect(reported).toEqual([801, 801, 801]);
      last.report([]);
      expect([width(), last.isConnected]).toEqual([801, true]);
      dispose();
      expect(last.isConnected).toBe(false);
    });
  });

  it("is the initial one where nothing measures", () => {
    vi.stubGlobal("ResizeObserver", undefined);
    const [width, measure] = createElementWidth(320);
    measure(document.createElement("div"));
    expect(width()).toBe(320);
  });
});
