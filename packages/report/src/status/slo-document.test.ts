import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { serviceLevel } from "./index.ts";
import { DELIVERED_LEVEL, FAST_LEVEL, thousandthsText } from "./service-levels.ts";

const text = readFileSync(new URL("../../../../docs/slo.md", import.meta.url), "utf8");

describe("docs/slo.md", () => {
  it.each([
    [DELIVERED_LEVEL, 30, 0, "30 × 5 ÷ 1000 = 0.15"],
    [DELIVERED_LEVEL, 90, 0, "may miss 0.45"],
    [DELIVERED_LEVEL, 30, 1, "-0.85 left"],
    [DELIVERED_LEVEL, 200, 1, "200 × 5 ÷ 1000 = 1"],
    [FAST_LEVEL, 30, 0, "30 × 50 ÷ 1000 = 1.5"],
    [FAST_LEVEL, 90, 0, "4.5 reports"],
  ])("computes as the code does: %i ‰ of %i with %i missed", (level, of, missed, words) => {
    const { allowedThousandths, leftThousandths } = serviceLevel(level, of, missed);
    const figure = thousandthsText(words.includes("left") ? leftThousandths : allowedThousandths);
    expect(words).toMatch(new RegExp(`(^|[ =])${figure}( |$)`));
    expect(text).toContain(words);
  });
});
