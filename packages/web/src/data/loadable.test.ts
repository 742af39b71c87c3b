import { createRoot, createSignal } from "solid-js";
import { afterEach, describe, expect, it, vi } from "vitest";
import { DataError } from "./failure.ts";
import { createLoadable } from "./loadable.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const settled = () => new Promise((resolve) => setTimeout(resolve));

/** A source whose results the test resolves or rejects by name. */
function aSource() {
  const pending = new Map<string, { resolve: (value: string) => void; reject: (error: unknown) => void }>();
  const read = (name: string) =>
    new Promise<string>((resolve, reject) => {
      pending.set(name, { resolve, reject });
    });
  return { read, pending };
}

describe("a loaded value", () => {
  it("keeps the value before while the next one loads, and ignores a result that arrives too late", async () => {
    const { read, pending } = aSource();
    const [name, setName] = createSignal<string | undefined>(undefined);
    const load = createRoot(() => createLoadable(name, read));
    expect(load()).toEqual({ state: "loading", value: undefined });
    setName("May");
    pending.get("May")?.resolve("May's figures");
    await settled();
    setName("June");
    setName("July");
    expect(load()).toEqual({ state: "loading", value: "May's figures" });
    pending.get("July")?.resolve("July's figures");
    await settled();
    pending.get("June")?.resolve("June's figures");
    await settled();
    expect(load()).toEqual({ state: "ready", value: "July's figures" });
  });

  it("reports a failure, and loads at the second try", async () => {
    const { read, pending } = aSource();
    const load = createRoot(() => createLoadable(() => "May", read));
    pending.get("May")?.reject(new Error("too busy"));
    await settled();
    expect(load()).toMatchObject({ state: "failed", error: { kind: "server" } });
    load.reload();
    pending.get("May")?.resolve("figures");
    await settled();
    expect(load()).toEqual({ state: "ready", value: "figures" });
  });

  it("stays when a reload fails", async () => {
    const { read, pending } = aSource();
    const load = createRoot(() => createLoadable(() => "index", read));
    pending.get("index")?.resolve("generation 1");
    await settled();
    load.reload();
    pending.get("index")?.reject(new TypeError("offline"));
    await settled();
    expect(load()).toEqual({ state: "ready", value: "generation 1" });
  });
});

describe("a value that failed to load", () => {
  const offline = () => new DataError("offline", "There is no connection.");

  /** A value whose reads fail once for each error. `reads` counts them, `dispose` closes the page. */
  function aLoad(...errors: readonly Error[]) {
    vi.useFakeTimers();
    let reads = 0;
    const { load, dispose } = createRoot((dispose) => {
      const load = createLoadable(
        () => "May",
        async () => {
          const error = errors[reads];
          reads += 1;
          if (error !== undefined) throw error;
          return "figures";
        },
      );
      return { load, dispose };
    });
    return { load, dispose, reads: () => reads };
  }

  it("is retried without a connection event, and reports the failure until then", async () => {
    const { load, reads } = aLoad(offline(), offline());
    await vi.advanceTimersByTimeAsync(1_000);
    expect([load().state, reads()]).toEqual(["failed", 2]);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(load()).toEqual({ state: "ready", value: "figures" });
  });

  it("is retried three times, then on request or when the connection is back", async () => {
    const { load, reads } = aLoad(...Array.from({ length: 6 }, offline));
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(reads()).toBe(4);
    load.reload();
    await vi.advanceTimersByTimeAsync(0);
    expect([load().state, reads()]).toEqual(["failed", 5]);
    window.dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(1_000);
    expect([load().state, reads()]).toEqual(["ready", 7]);
  });

  it("is not retried offline, and loads when the connection is back", async () => {
    const isOnline = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    const { load, reads } = aLoad(offline());
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect([load().state, reads()]).toEqual(["failed", 1]);
    isOnline.mockReturnValue(true);
    window.dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(0);
    expect(load()).toEqual({ state: "ready", value: "figures" });
  });

  it("is not retried by a page that was closed", async () => {
    const { dispose, reads } = aLoad(offline());
    await vi.advanceTimersByTimeAsync(0);
    dispose();
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(reads()).toBe(1);
  });

  it("is not retried when the file is damaged", async () => {
    const { load, reads } = aLoad(new DataError("damaged", "It is no JSON."));
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect([load().state, reads()]).toEqual(["failed", 1]);
  });
});
