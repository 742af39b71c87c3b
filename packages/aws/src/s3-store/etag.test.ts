import { describe, expect, it } from "vitest";
import { isEtag } from "./etag.ts";

describe("the etag of a published file", () => {
  it.each(['"d41d8cd98f00b204e9800998ecf8427e"', '"9b2cf535f27731c974343645a3985328-2"', "d41d8cd9-1"])(
    "may be %s",
    (etag) => {
      expect(isEtag(etag)).toBe(true);
    },
  );

  it.each([
    "",
    "*",
    '"*',
    '""',
    'W/"a"',
    '"a", "b"',
    '"a","b"',
    '"a b"',
    '"a\n"',
    '"a\u0000"',
    '"é"',
    `"${"a".repeat(300)}"`,
  ])("is never %j: as a condition it would match any object, or none", (etag) => {
    expect(isEtag(etag)).toBe(false);
  });
});
