import { costExplorerSource } from "@dapanoskop/aws/cost-explorer";
import { billSource } from "@dapanoskop/core/source";
import { startEmulator } from "@dapanoskop/emulator";
import { type CollectConfig, defaultConfig, plannedRequests } from "@dapanoskop/pipeline";
import { CollectionFixture } from "@dapanoskop/pipeline/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { smallCompany } from "./support/a-bill.ts";
import { reach } from "./support/an-account.ts";

const AT = "2026-03-08T06:00:00Z";
const source = billSource(smallCompany("2024-12-01", "2026-03-20"), { at: AT });

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of closing.splice(0)) await close();
});

async function collected(backfill: number, own: Partial<CollectConfig>) {
  const emulator = await startEmulator({ source, at: AT });
  closing.push(() => emulator.close());
  reach(emulator.url);
  const paid = costExplorerSource({
    credentials: { accessKeyId: "any", secretAccessKey: "any" },
    requestsPerSecond: 100_000,
    clock: { sleep: async () => {} },
  });
  const config = { ...defaultConfig, ...own };
  await new CollectionFixture().collect(paid, { at: AT, backfill }, config);
  const { pages, other } = plannedRequests({ at: AT, backfill, force: false }, config);
  return { made: emulator.requests.length, costs: paid.requestCosts, pages, other };
}

describe("the requests that are announced before a first collection", () => {
  it.each<[string, Partial<CollectConfig>]>([
    ["by default", {}],
    ["with a named cost category", { costCategory: "CostCenter" }],
    ["without split charges", { splitCharges: false }],
    ["of a named cost category without split charges", { costCategory: "CostCenter", splitCharges: false }],
  ])("are the requests that AWS is paid for: %s", async (_, own) => {
    const { made, costs, pages, other } = await collected(0, own);
    expect(costs).toMatchObject({ pages, other });
    expect(made).toBe(pages + other);
  });

  it("are an upper bound with a backfill, whose comparisons one year before AWS refuses", async () => {
    const { costs, pages, other } = await collected(2, {});
    expect(costs).toMatchObject({ pages: pages - 4, other });
  });
});
