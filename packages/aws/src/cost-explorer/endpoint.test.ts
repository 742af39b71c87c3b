import { describe, expect, it, vi } from "vitest";
import { answers, refuses } from "../testing/scripted-endpoint.ts";
import { scripted, withoutAwsSettings } from "../testing/scripted-source.ts";
import { configuredRegion, endpointOf } from "./endpoint.ts";

const february = { start: "2026-02-01", end: "2026-03-01" };

describe("the endpoint of Cost Explorer", () => {
  it("follows the partition of the region", () => {
    for (const region of [null, "us-east-1", "eu-central-1", "ap-southeast-5"]) {
      expect(endpointOf(region)).toEqual({ region: "us-east-1", host: "ce.us-east-1.amazonaws.com" });
    }
    for (const region of ["cn-north-1", "cn-northwest-1"]) {
      const host = "ce.cn-northwest-1.amazonaws.com.cn";
      expect(endpointOf(region)).toEqual({ region: "cn-northwest-1", host });
    }
    for (const region of ["us-gov-west-1", "us-gov-east-1"]) expect(endpointOf(region)).toBeNull();
  });

  it("is that of the SDK's own region", async () => {
    withoutAwsSettings();
    expect(await configuredRegion()).toBeNull();
    vi.stubEnv("AWS_REGION", "cn-north-1");
    expect(await configuredRegion()).toBe("cn-north-1");
  });

  it("is signed for: China's requests for cn-northwest-1, all others for us-east-1", async () => {
    for (const [region, signed] of [
      ["cn-north-1", "cn-northwest-1"],
      ["eu-west-1", "us-east-1"],
    ] as const) {
      const { source, requests } = await scripted([answers({ CostCategoryNames: ["A"] })], { region });
      expect(await source.costCategories(february)).toEqual(["A"]);
      expect(requests[0]?.headers.authorization).toContain(`/${signed}/ce/aws4_request`);
    }
  });

  it("is in the linked standard account for GovCloud, and no request is made", async () => {
    const { source, requests } = await scripted([answers({})], { region: "us-gov-west-1" });
    await expect(source.costCategories(february)).rejects.toMatchObject({
      failure: "validation",
      message: expect.stringContaining("its costs are in the standard AWS account that is linked with it"),
    });
    expect(requests).toEqual([]);
  });

  it("is named where credentials of China reach the standard partition, and not in China", async () => {
    const messageIn = async (region: string, code = "UnrecognizedClientException") => {
      const { source } = await scripted([refuses(code, "The security token is invalid.")], { region });
      return source.costCategories(february).catch((error: Error) => error.message);
    };
    expect(await messageIn("eu-west-1")).toContain("need AWS_REGION=cn-northwest-1.");
    expect(await messageIn("cn-north-1")).not.toContain("AWS_REGION");
    expect(await messageIn("eu-west-1", "ExpiredTokenException")).not.toContain("AWS_REGION");
  });
});
