import { describe, expect, it } from "vitest";
import { moneyText, parseMoney } from "../money/index.ts";
import { priceResources, type Rate, type RateKey } from "./index.ts";
import { aChange } from "./testing/a-change.ts";

const listed: Rate = {
  unit: "Hours",
  tiers: [{ from: 0n, cost: parseMoney("0.1", "USD"), quantity: 10n ** 12n }],
  origin: { kind: "list", bookDate: "2026-01-01", source: "a test" },
};
const list = {
  rateOf: ({ usageFamily }: RateKey) => (usageFamily === "AmazonEKS-Hours:perCluster" ? listed : null),
};
const inputs = { rates: { observed: null, list }, usage: null, comparable: null, currency: "USD" };

describe("what a plan does to the bill", () => {
  it("is $73 a month for a new EKS cluster: 730 hours of $0.10", () => {
    const change = aChange({ type: "aws_eks_cluster", action: "create", after: {} });
    const { resources, delta } = priceResources({ ...inputs, changes: [change] });
    expect(resources[0]?.status).toBe("priced");
    expect(moneyText(delta.expected)).toBe("73");
  });
});
