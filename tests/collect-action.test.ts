import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { inputsWithoutVariable, readAction, runAction } from "./support/action-step.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const ACTION = "collect/action.yml";
const BILL = readFileSync(join(root, "tests/bills/focus-2024-09.csv"), "utf8");

const run = (inputs: Readonly<Record<string, string>>, bill = BILL) =>
  runAction(ACTION, inputs, { "bill.csv": bill }, { AWS_EC2_METADATA_DISABLED: "true" });

describe("the action that collects", () => {
  it("publishes a bill to a folder, and shows the newest month in the run's summary", async () => {
    const { code, err, out, summary, path } = await run({
      store: "figures",
      bill: "bill.csv",
      "tag-key": "application",
      at: "2024-10-10T00:00:00Z",
    });
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(existsSync(path("figures/2024-09/summary.json"))).toBe(true);
    expect(summary()).toMatch(/^ {4}Dapanoskop · September 2024$/m);
    expect(
      summary()
        .split("\n")
        .filter((line) => !/^( {4}|$)/.test(line)),
    ).toEqual([]);
    expect(out).toContain(summary());
  });

  it("ends with the collection's code and sentence where it fails, and shows nothing", async () => {
    const { code, err, summary } = await run({ store: "figures", bill: "bill.csv" }, "no bill\n");
    expect(code).toBe(1);
    expect(err).toContain("bill.csv");
    expect(summary).toThrow("ENOENT");
  });

  it("runs nothing that an input says", async () => {
    const { code, err, path } = await run({ store: "figures", bill: "$(touch injected); bill.csv" });
    expect(code).not.toBe(0);
    expect(err).toContain("$(touch injected)");
    expect(existsSync(path("injected"))).toBe(false);
  });

  it("gives each input to the script under its own name, and each is an option of the command", () => {
    expect(inputsWithoutVariable(ACTION)).toEqual([]);
    const script = readFileSync(join(root, "scripts/collect-action.mjs"), "utf8");
    for (const name of Object.keys(readAction(ACTION).inputs)) expect(script).toContain(`"${name}"`);
  });
});
