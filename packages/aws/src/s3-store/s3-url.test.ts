import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseStoreUrl, placeName, s3Place } from "./s3-url.ts";

describe("the address of a bill in S3", () => {
  it.each([
    ["s3://bill", "bill", ""],
    ["s3://bill/", "bill", ""],
    ["s3://bill/finance", "bill", "finance/"],
    ["s3://bill/finance/dapanoskop/", "bill", "finance/dapanoskop/"],
    ["s3://my.bill-2026/team=web/_v1.0", "my.bill-2026", "team=web/_v1.0/"],
    ["s3://point-abc123-s3alias", "point-abc123-s3alias", ""],
    ["s3://123", "123", ""],
  ])("reads %s", (url, bucket, prefix) => {
    expect(parseStoreUrl(url)).toEqual({ bucket, prefix });
  });

  it.each([
    ["", /is not an address in S3\. It reads s3:\/\/BUCKET/],
    ["bill", /is not an address in S3/],
    ["S3://bill", /is not an address in S3/],
    ["https://bill.s3.amazonaws.com", /is not an address in S3/],
    ["s3:/bill", /is not an address in S3/],
    ["s3://", /"" is not the name of a bucket/],
    ["s3:///finance", /"" is not the name of a bucket/],
    ["s3://Bill", /lower-case letters/],
    ["s3://ab", /3 to 63/],
    [`s3://${"b".repeat(64)}`, /3 to 63/],
    ["s3://-bill", /a letter or digit at both ends/],
    ["s3://bill.", /a letter or digit at both ends/],
    ["s3://bi..ll", /no two dots/],
    ["s3://192.168.0.1", /not an IP address/],
    ["s3://xn--bill", /S3 reserves/],
    ["s3://sthree-bill", /S3 reserves/],
    ["s3://bill--ol-s3", /S3 reserves/],
    ["s3://bill.mrap", /S3 reserves/],
    ["s3://bill--euw1-az1--x-s3", /directory bucket.*general purpose/],
    ["s3://arn:aws:s3:::bill", /is an ARN\. Give the bucket's name/],
    ["s3://user@bill", /is not the name of a bucket/],
    ["s3://bill?versionId=1", /is not the name of a bucket/],
    ["s3://bill//", /is not a prefix/],
    ["s3://bill//finance", /is not a prefix/],
    ["s3://bill/finance//web", /is not a prefix/],
    ["s3://bill/..", /none of them \. or \.\./],
    ["s3://bill/finance/../index.json", /none of them \. or \.\./],
    ["s3://bill/./finance", /none of them/],
    ["s3://bill/Zoë", /letters, digits and _ = \. -/],
    ["s3://bill/a b", /is not a prefix/],
    ["s3://bill/a%2e%2e", /is not a prefix/],
    ["s3://bill/a\u0000b", /\\u0000.*is not a prefix/],
    [`s3://bill/${"x".repeat(513)}`, /at most 512/],
  ])("refuses %j and says why", (url, sentence) => {
    expect(() => parseStoreUrl(url)).toThrow(
      expect.objectContaining({ failure: "no-such-place", message: expect.stringMatching(sentence) }),
    );
  });

  it("accepts no prefix that leads elsewhere, and names an accepted place by the same URL", () => {
    const texts = fc.oneof(
      fc.string({ unit: "binary", maxLength: 30 }),
      fc.stringMatching(/^bill\/[a./=%-]{0,12}$/),
      fc.stringMatching(/^[a-z.-]{1,70}$/),
    );
    fc.assert(
      fc.property(texts, (text) => {
        let place: ReturnType<typeof parseStoreUrl>;
        try {
          place = parseStoreUrl(`s3://${text}`);
        } catch {
          return;
        }
        expect(place.bucket).toMatch(/^[a-z0-9.-]{3,63}$/);
        expect(place.prefix).toMatch(/^([\w=.-]+\/)*$/);
        expect(`/${place.prefix}`).not.toMatch(/\/\.\.?\//);
        expect(parseStoreUrl(placeName(place))).toEqual(place);
      }),
    );
  });

  it("may be given as a bucket and a prefix", () => {
    expect(s3Place("bill")).toEqual({ bucket: "bill", prefix: "" });
    expect(s3Place("bill", "finance")).toEqual({ bucket: "bill", prefix: "finance/" });
    expect(() => s3Place("bill/finance")).toThrow(/is not the name of a bucket/);
    expect(placeName(s3Place("bill", "finance/"))).toBe("s3://bill/finance");
    expect(placeName(s3Place("bill"))).toBe("s3://bill");
  });
});
