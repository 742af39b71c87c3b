import { createRoot, createSignal } from "solid-js";
import { describe, expect, it } from "vitest";
import { createLoad } from "./load.ts";

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
    const load = createRoot(() => createLoad(name, read));
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
    const load = createRoot(() => createLoad(() => "May", read));
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
    const load = createRoot(() => createLoad(() => "index", read));
    open.get("index")?.resolve("generation 1");
    await settled();
    load.again();
    open.get("index")?.reject(new TypeError("offline"));
    await settled();
    expect(load()).toEqual({ state: "ready", value: "generation 1" });
  });
});
