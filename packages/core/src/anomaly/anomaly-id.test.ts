import { describe, expect, it } from "vitest";
import { anomalyId } from "./anomaly-id.ts";

describe("the name of an event", () => {
  it("is the 64-bit FNV-1a hash in 16 digits: names that were published stay", () => {
    expect(anomalyId(["web", "up", "2026-03-01"])).toBe("45151426a00498a4");
    expect(anomalyId(["web", "10"])).toBe("0b904ee05898a7e6");
  });

  it("tells apart where one part ends and the next begins", () => {
    expect(anomalyId(["ab", "c"])).not.toBe(anomalyId(["a", "bc"]));
  });
});
