import { describe, expect, it } from "vitest";
import { itemOf, recordOf } from "./item.ts";

const key = { partition: "report#2026-01-14", sort: "everyone" };
const item = itemOf(key, '{"state":"SENT"}', "v1", "2026-01-20T00:00:00Z");

describe("an item of the table", () => {
  it("is read as it was written", () => {
    expect(recordOf(item)).toEqual({
      key,
      value: { state: "SENT" },
      version: "v1",
      expiresAt: "2026-01-20T00:00:00Z",
    });
    expect(recordOf(itemOf(key, "1", "v1", null))).toMatchObject({ value: 1, expiresAt: null });
  });

  it.each(["pk", "sk", "value", "version"])("is none of ours without %s", (name) => {
    const { [name]: _removed, ...others } = item;
    expect(recordOf(others)).toBeNull();
  });

  it.each(["1.5", "-1", "soon", "253402300800", "1e300"])(
    "is none of ours where it ends at %s",
    (seconds) => {
      expect(recordOf({ ...item, expires: { N: seconds } })).toBeNull();
    },
  );

  it("is none of ours where its end is no number, or its value no JSON", () => {
    expect(recordOf({ ...item, expires: { S: "1768867200" } })).toBeNull();
    expect(recordOf({ ...item, value: { S: "{" } })).toBeNull();
  });

  it("may end in the last second of the year 9999", () => {
    expect(recordOf({ ...item, expires: { N: "253402300799" } })?.expiresAt).toBe("9999-12-31T23:59:59Z");
  });
});
