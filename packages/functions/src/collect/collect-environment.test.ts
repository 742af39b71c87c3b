import { defaultConfig } from "@dapanoskop/pipeline";
import { describe, expect, it } from "vitest";
import { collectEnvironment } from "./index.ts";

describe("the environment of the collector", () => {
  it("requires a bucket only; every option has its default", () => {
    expect(collectEnvironment({ DATA_BUCKET: "bill" })).toEqual({ bucket: "bill", config: defaultConfig });
    const empty = {
      COST_CATEGORY_NAME: "",
      INCLUDE_EFS: "",
      INCLUDE_EBS: "",
      TAG_KEY: "",
      COST_METRIC: "",
      SPLIT_CHARGES: "",
    };
    expect(collectEnvironment({ DATA_BUCKET: "bill", ...empty }).config).toEqual(defaultConfig);
  });

  it("has the options of the collection", () => {
    const said = {
      DATA_BUCKET: "bill",
      COST_CATEGORY_NAME: "Cost Center",
      INCLUDE_EFS: "true",
      INCLUDE_EBS: "true",
      TAG_KEY: "__proto__",
      COST_METRIC: "NetAmortizedCost",
      SPLIT_CHARGES: "false",
    };
    expect(collectEnvironment(said).config).toEqual({
      costCategory: "Cost Center",
      includeEfs: true,
      includeEbs: true,
      tagKey: "__proto__",
      metric: "NetAmortizedCost",
      billingView: null,
      accounts: null,
      splitCharges: false,
    });
  });

  it.each([
    [{}, "DATA_BUCKET is not set: it names the bucket that figures are published to."],
    [{ DATA_BUCKET: "" }, "DATA_BUCKET is not set"],
    [{ DATA_BUCKET: "b", INCLUDE_EFS: "yes" }, 'INCLUDE_EFS is "yes"; it takes true or false.'],
    [{ DATA_BUCKET: "b", INCLUDE_EBS: "1" }, 'INCLUDE_EBS is "1"; it takes true or false.'],
    [{ DATA_BUCKET: "b", SPLIT_CHARGES: "False" }, 'SPLIT_CHARGES is "False"; it takes true or false.'],
    [
      { DATA_BUCKET: "b", COST_METRIC: "UNBLENDED_COST" },
      'COST_METRIC is "UNBLENDED_COST"; it takes UnblendedCost, BlendedCost, AmortizedCost, NetUnblendedCost or NetAmortizedCost.',
    ],
    [
      { DATA_BUCKET: "b", TAG_KEY: "App;Name" },
      'TAG_KEY is "App;Name"; it must have 1 to 128 letters, digits, spaces and _ . : / = + - @, which is what AWS allows in a tag key.',
    ],
  ])("%j is refused with a sentence that names the variable", (environment, sentence) => {
    expect(() => collectEnvironment(environment)).toThrow(sentence);
  });
});
