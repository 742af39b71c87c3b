import { createRoot, createSignal } from "solid-js";
import { afterEach, describe, expect, it, vi } from "vitest";
import { DataError } from "./failure.ts";
import { createLoadable } from "./loadable.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const settled = () => new Promise((resolve) => setTimeout(resolve));

/** Answers that come when the test says so. */
function aSource() {
  const open = new Map<string, { resolve: (value: string) => void; reject: (error: unknown) => void }>();
  const read = (name: string) =>
    new Promise<string>((resolve, reject) => {
      open.set(name, { resolve, reject });
    });
  return { read, open };
}

describe("what is fetched", () => {
  it("keeps showing the one before while the next is on its way, and drops an answer that comes too late", async () => {
    const { read, open } = aSource();
    const [name, setName] = createSignal<string | undefined>(undefined);
    const load = createRoot(() => createLoadable(name, read));
    expect(load()).toEqual({ state: "loading", value: undefined });
    setName("May");
    open.get("May")?.resolve("May's figures");
    await settled();
    setName("June");
    setName("July");
    expect(load()).toEqual({ state: "loading", value: "May's figures" });
    open.get("July")?.resolve("July's figures");
    await settled();
    open.get("June")?.resolve("June's figures");
    await settled();
    expect(load()).toEqual({ state: "ready", value: "July's figures" });
  });

  it("says why it did not come, and comes at the second try", async () => {
    const { read, open } = aSource();
    const load = createRoot(() => createLoadable(() => "May", read));
    open.get("May")?.reject(new Error("too busy"));
    await settled();
    expect(load()).toMatchObject({ state: "failed", error: { kind: "server" } });
    load.again();
    open.get("May")?.resolve("figures");
    await settled();
    expect(load()).toEqual({ state: "ready", value: "figures" });
  });

  it("stays when only the look for something newer fails", async () => {
    const { read, open } = aSource();
    const load = createRoot(() => createLoadable(() => "index", read));
    open.get("index")?.resolve("generation 1");
    await settled();
    load.again();
    open.get("index")?.reject(new TypeError("offline"));
    await settled();
    expect(load()).toEqual({ state: "ready", value: "generation 1" });
  });
});

describe("what the connection cut off", () => {
  const cut = () => new DataError("offline", "The connection is away.");

  /** Reads that fail as many times as there are errors; `asked` counts them, `dispose` leaves the page. */
  function aLoad(...errors: readonly Error[]) {
    vi.useFakeTimers();
    let asked = 0;
    const { load, dispose } = createRoot((dispose) => {
      const load = createLoadable(
        () => "May",
        async () => {
          const error = errors[asked];
          asked += 1;
          if (error !== undefined) throw error;
          return "figures";
        },
      );
      return { load, dispose };
    });
    return { load, dispose, asked: () => asked };
  }

  it("comes by itself, also when it failed only after the connection was back; until then it is told why", async () => {
    const { load, asked } = aLoad(cut(), cut());
    await vi.advanceTimersByTimeAsync(1_000);
    expect([load().state, asked()]).toEqual(["failed", 2]);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(load()).toEqual({ state: "ready", value: "figures" });
  });

  it("is asked for a few times, and then when somebody asks or the connection says that it is back", async () => {
    const { load, asked } = aLoad(...Array.from({ length: 6 }, cut));
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(asked()).toBe(4);
    load.again();
    await vi.advanceTimersByTimeAsync(0);
    expect([load().state, asked()]).toEqual(["failed", 5]);
    window.dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(1_000);
    expect([load().state, asked()]).toEqual(["ready", 7]);
  });

  it("is not asked for while there is none, and comes with it", async () => {
    const isOnline = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    const { load, asked } = aLoad(cut());
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect([load().state, asked()]).toEqual(["failed", 1]);
    isOnline.mockReturnValue(true);
    window.dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(0);
    expect(load()).toEqual({ state: "ready", value: "figures" });
  });

  it("is not asked for by a page that was left", async () => {
    const { dispose, asked } = aLoad(cut());
    await vi.advanceTimersByTimeAsync(0);
    dispose();
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(asked()).toBe(1);
  });

  it("is another thing than what is not as published, which asking again does not mend", async () => {
    const { load, asked } = aLoad(new DataError("damaged", "It is no JSON."));
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect([load().state, asked()]).toEqual(["failed", 1]);
  });
});
