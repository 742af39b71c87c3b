import { describe, expect, it } from "vitest";
import { isSupportPlan } from "./charge-types.ts";

describe("a support plan", () => {
  it.each(["AWS Support (Business)", "AWS Support (Enterprise)"])("is the service %s", (service) => {
    expect(isSupportPlan(service)).toBe(true);
  });

  it.each(["Amazon Simple Storage Service", "", "Amazon Nonesuch"])("is not the service %j", (service) => {
    expect(isSupportPlan(service)).toBe(false);
  });
});
