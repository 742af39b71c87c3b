import { billSource, type CostSource, CostSourceError } from "@dapanoskop/core/source";
import { describe, expect, it } from "vitest";
import { aBill, CollectionFixture, daily } from "../testing/collection-fixture.ts";

const at = "2026-03-08T06:00:00Z";
const bill = aBill(daily("2025-02-01", "2026-03-08"));
const named = 'No charge of 2026-02 to 2026-03 carries the tag "app": all cost is Untagged.';

async function warningsOf(tagKey: string, own: Partial<CostSource> = {}, charges = bill) {
  const result = await new CollectionFixture().collect(
    { ...billSource(charges, { at }), ...own },
    { at },
    { tagKey },
  );
  expect(result.months.map(({ outcome }) => outcome)).toEqual(["published", "published"]);
  return result.warnings;
}

describe("a tag key that no charge carries", () => {
  it("is a warning that lists the keys that there are, the nearest first", async () => {
    const tagKeys = async () => ["Team", "aws:createdBy", "application", "App"];
    expect(await warningsOf("app", { tagKeys })).toEqual([
      `${named} Upper and lower case differ. The tag keys of these charges: "application", "App", "Team" and ` +
        '"aws:createdBy". Name one of them as the tag key.',
    ]);
  });

  it("names twenty of many, and says how many more there are", async () => {
    const tagKeys = async () => Array.from({ length: 25 }, (_, at) => `k${at}`);
    expect((await warningsOf("app", { tagKeys }))[0]).toMatch(/"k18", "k19" and 5 more\. Name/);
  });

  it("is told from charges that carry no tag", async () => {
    const untagged = aBill(daily("2025-02-01", "2026-03-08", { workload: null }));
    expect(await warningsOf("app", {}, untagged)).toEqual([
      `${named} These charges carry no tag at all: tag resources, and activate the tag for cost allocation.`,
    ]);
  });

  it("is named from the oldest month to the newest of three", async () => {
    const windows: unknown[] = [];
    const tagKeys = async (window: unknown) => {
      windows.push(window);
      return [];
    };
    const result = await new CollectionFixture().collect(
      { ...billSource(bill, { at }), tagKeys },
      { at, backfill: 3 },
      { tagKey: "app" },
    );
    expect(result.warnings.join("\n")).toMatch(/No charge of 2025-12 to 2026-03 carries the tag "app"/);
    expect(windows).toMatchObject([{ start: "2025-12-01" }]);
  });

  it("does not fail the run where the keys cannot be listed", async () => {
    const tagKeys = () =>
      Promise.reject(new CostSourceError("access-denied", null, "GetTags: access denied."));
    expect(await warningsOf("app", { tagKeys })).toEqual([
      `${named} The tag keys that there are could not be listed. GetTags: access denied.`,
    ]);
    const wrong = warningsOf("app", { tagKeys: () => Promise.reject(new TypeError("x is undefined")) });
    await expect(wrong).rejects.toThrow(TypeError);
  });

  it("costs no request on a day on which a charge carries it", async () => {
    const tagKeys = () => Promise.reject(new TypeError("The keys are asked for."));
    expect(await warningsOf("App", { tagKeys })).toEqual([]);
  });
});
