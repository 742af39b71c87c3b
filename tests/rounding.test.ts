import { costExplorerSource } from "@dapanoskop/aws/cost-explorer";
import { addDays, type Day } from "@dapanoskop/core/calendar";
import { type Bill, billSource, type Charge, type CostSource } from "@dapanoskop/core/source";
import { startEmulator } from "@dapanoskop/emulator";
import { CollectionFixture } from "@dapanoskop/pipeline/testing";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { reach } from "./support/an-account.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const SERVICES = [
  ["Amazon Simple Storage Service", "TimedStorage-ByteHrs", "GB-Mo"],
  ["Amazon Elastic Compute Cloud - Compute", "BoxUsage:m5.large", "Hrs"],
  ["AWS Lambda", "Lambda-GB-Second", "seconds"],
] as const;

/** A small account with amounts of twelve decimals, from Feb 1 to the event's day. */
function aBill(services: number, today: Day, amounts: readonly number[]): Bill {
  const charges: Charge[] = [];
  for (let day: Day = "2026-02-01", at = 0; day < today; day = addDays(day, 1)) {
    for (const [service, usageType, unit] of SERVICES.slice(0, services)) {
      for (const workload of ["web", "api"]) {
        const units = BigInt(amounts[at % amounts.length] ?? 0) + 10n ** 12n;
        charges.push({
          day,
          service,
          usageType,
          chargeType: "Usage",
          dimensions: {},
          tags: new Map([["App", workload]]),
          costCategories: new Map([["CostCenter", "A"]]),
          cost: { units, currency: "USD" },
          quantity: { units: 10n * units, unit },
        });
        at += 1;
      }
    }
  }
  return { currency: "USD", charges, costCategories: [{ name: "CostCenter", splitCharges: [] }] };
}

describe("an account of one to three services late in the month", () => {
  it("loses no day, although Cost Explorer rounds every cell of its answers", async () => {
    let source: CostSource | null = null;
    const emulated = new Proxy({} as CostSource, { get: (_, name) => Reflect.get(source ?? {}, name) });
    let at = "2026-03-26T06:00:00Z";
    const emulator = await startEmulator({ source: emulated, at: () => at });
    closing.push(() => emulator.close());
    reach(emulator.url);
    let residuals = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 26, max: 31 }),
        fc.array(fc.integer({ min: 0, max: 10 ** 11 }), { minLength: 97, maxLength: 97 }),
        async (services, day, amounts) => {
          at = `2026-03-${day}T06:00:00Z`;
          source = billSource(aBill(services, `2026-03-${day}`, amounts), { at });
          const fixture = new CollectionFixture();
          const explorer = costExplorerSource({
            credentials: { accessKeyId: "any", secretAccessKey: "any" },
            requestsPerSecond: 100_000,
            clock: { sleep: async () => {} },
          });
          const { months } = await fixture.collect(explorer, { at });
          expect(months.map(({ outcome }) => outcome)).toEqual(["published", "published"]);
          residuals += (await fixture.summary("2026-03")).reconciliation.residuals.length;
        },
      ),
      { numRuns: 200 },
    );
    expect(residuals).toBeGreaterThan(200);
  }, 120_000);
});
