import { costExplorerSource } from "@dapanoskop/aws/cost-explorer";
import { billSource } from "@dapanoskop/core/source";
import { startEmulator } from "@dapanoskop/emulator";
import { CollectionFixture } from "@dapanoskop/pipeline/testing";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { dapanoskop } from "../packages/cli/src/testing/run-command.ts";
import { smallCompany } from "./support/a-bill.ts";
import { anAccount, reach, summaryIn } from "./support/an-account.ts";

const AT = "2026-03-08T06:00:00Z";
const bill = smallCompany("2024-12-01", "2026-03-20");

/** Faults that end a request for good: it is refused, or no attempt at it brings a whole answer. */
const FAULTS = [
  "deny",
  "not-activated",
  "throttle",
  "throttling",
  "error=500",
  "error=503",
  "broken-json",
  "drop-before",
  "drop-mid",
  "bill-expired",
  "credentials",
];
const RULES = ["ListCostCategoryDefinitions", "DescribeCostCategoryDefinition"];

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function collected(fault: string) {
  const account = await anAccount({ source: billSource(bill, { at: AT }) });
  closing.push(() => account.close());
  account.emulator.inject(fault);
  return { account, ran: await account.collect(AT) };
}

describe("a forecast", () => {
  it.each([...FAULTS, "wrong-total"])(
    "that Cost Explorer does not give leaves the day published: %s",
    async (fault) => {
      const { account, ran } = await collected(`${fault}@GetCostForecast`);
      expect(ran.code, ran.err).toBe(0);
      expect(ran.out.match(/published {2}/g)).toHaveLength(2);
      expect(ran.err).toMatch(
        /^! 2026-03 is collected without a forecast\. GetCostForecast \(DAILY UnblendedCost\) for 2026-03-08 to 2026-03-31: ./m,
      );
      expect((await summaryIn(account.store, "2026-03")).totals.forecast).toBeNull();
      expect(await dapanoskop(["verify", "--store", account.store])).toMatchObject({ code: 0 });
    },
  );

  it("that is denied names the permission, and one that contradicts itself says how", async () => {
    expect((await collected("deny@GetCostForecast")).ran.err).toContain(
      "Grant ce:GetCostForecast to the role",
    );
    expect((await collected("wrong-total@GetCostForecast")).ran.err).toMatch(
      /its days add up to .* but its total is/,
    );
  });
});

describe.each(RULES)("%s", (operation) => {
  it.each(FAULTS)("that fails leaves the day published without split charges: %s", async (fault) => {
    const { account, ran } = await collected(`${fault}@${operation}`);
    expect(ran.code, ran.err).toBe(0);
    expect(ran.out.match(/published {2}/g)).toHaveLength(2);
    expect(ran.err).toContain(
      '! Costs are collected without split charges, because the rules of Cost Category "CostCenter" could not be read. ' +
        operation,
    );
    expect(await dapanoskop(["verify", "--store", account.store])).toMatchObject({ code: 0 });
  });
});

describe("GetCostAndUsage and GetCostCategories", () => {
  it.each(["GetCostAndUsage", "GetCostCategories"])("fail the run: %s", async (operation) => {
    for (const fault of ["deny", "throttle", "error=500"]) {
      const { ran } = await collected(`${fault}@${operation}`);
      expect(ran.code, fault).toBe(1);
    }
  });
});

describe("any faults of the additions together, at any of their attempts", () => {
  it("lose no day, and each addition is there or is warned of", async () => {
    const emulator = await startEmulator({ source: billSource(bill, { at: AT }), at: AT });
    closing.push(() => emulator.close());
    reach(emulator.url);
    const fault = fc.record({
      kind: fc.constantFrom(...FAULTS),
      from: fc.integer({ min: 1, max: 3 }),
      times: fc.constantFrom("1", "3", "*"),
      operation: fc.constantFrom("GetCostForecast", ...RULES),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { minLength: 1, maxLength: 4 }), async (faults) => {
        emulator.heal();
        for (const { kind, from, times, operation } of faults) {
          const [name, value] = kind.split("=");
          emulator.inject(`${name}:${from}x${times}${value === undefined ? "" : `=${value}`}@${operation}`);
        }
        const fixture = new CollectionFixture();
        const source = costExplorerSource({
          credentials: { accessKeyId: "any", secretAccessKey: "any" },
          requestsPerSecond: 100_000,
          clock: { sleep: async () => {} },
        });
        const { months, warnings } = await fixture.collect(source, { at: AT });
        expect(months.map(({ outcome }) => outcome)).toEqual(["published", "published"]);
        const { forecast } = (await fixture.summary("2026-03")).totals;
        expect(warnings.filter((warning) => warning.startsWith("2026-03"))).toHaveLength(
          forecast === null ? 1 : 0,
        );
        expect(warnings.every((warning) => /without a forecast|without split charges/.test(warning))).toBe(
          true,
        );
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});
