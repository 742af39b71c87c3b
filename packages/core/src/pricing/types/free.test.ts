import { describe, expect, it } from "vitest";
import { publishedCost } from "../testing/published-cost.ts";
import { freeTypes } from "./free.ts";
import { resourceTypes } from "./index.ts";

const names = freeTypes.map(({ type }) => type);

describe("free types", () => {
  it.each([
    "aws_iam_role",
    "aws_security_group",
    "aws_lambda_permission",
    "aws_s3_bucket_policy",
    "random_password",
  ])("%s costs nothing", (type) => {
    expect(publishedCost({ type })).toBe("free");
  });

  it("are listed once, and have no charges elsewhere", () => {
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    expect(names.filter((name) => resourceTypes.get(name)?.isFree !== true)).toEqual([]);
  });
});
