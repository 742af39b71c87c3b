import { describe, expect, it } from "vitest";
import { aBill, CollectionFixture, daily } from "../testing/collection-fixture.ts";

describe("the queries of a plan", () => {
  it("say which months they are about", async () => {
    const fixture = new CollectionFixture();
    const bill = aBill(daily("2025-01-01", "2026-03-07"));
    await fixture.collect(bill, { at: "2026-03-08T06:00:00Z" });
    expect(fixture.progress.filter((sentence) => sentence.startsWith("Querying"))).toEqual([
      "Querying 2026-02 to 2026-03",
      "Querying 2026-01 for comparison",
      "Querying 2025-02 to 2025-03 for comparison",
      "Querying the forecast of 2026-03",
    ]);
  });
});
