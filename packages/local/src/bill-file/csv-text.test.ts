import { describe, expect, it } from "vitest";
import { firstRecord, lineOfRecord } from "./csv-text.ts";

async function* chunks(text: string, size: number) {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe("the header of a CSV", () => {
  it.each([
    ["a,b\n1,2", ["a", "b"]],
    ["\ufeffa,b\r\n1,2", ["a", "b"]],
    ['"a,1","b""2"\n', ["a,1", 'b"2']],
    ['"two\nlines",b\n', ["two\nlines", "b"]],
    ["a,\n", ["a", ""]],
  ])("%j", (text, header) => {
    expect(firstRecord(text, false)?.fields).toEqual(header);
  });

  it("is null before its end", () => {
    expect(firstRecord("a,b", false)).toBeNull();
    expect(firstRecord("a,b", true)?.fields).toEqual(["a", "b"]);
    expect(firstRecord('a,"b', true)).toBeNull();
  });
});

describe("the separator of a CSV", () => {
  it.each([
    ["a,b\n", ",", 2],
    ["a;b;c,d\n", ";", 3],
    ["a\tb\n", "\t", 2],
    ["a|b|c\n", "|", 3],
    ["a\n", ",", 1],
    ['"a;b;c",d\n', ",", 2],
    ['"a,b,c";d\n', ";", 2],
  ])("of the header %j is %j", (text, separator, count) => {
    const record = firstRecord(text, false);
    expect([record?.separator, record?.fields.length]).toEqual([separator, count]);
  });
});

describe("the line of a record", () => {
  const text = '\ufeff"h",x\n1,"two\nlines"\n\n2,"a ""quoted"" word"\r\n3,half " quote\n4,end';
  it.each([1, 3, 1000])("counts line breaks within fields, read %i bytes at a time", async (size) => {
    const lines = [];
    for (let record = 0; record < 6; record += 1)
      lines.push(await lineOfRecord(chunks(text, size), record, ","));
    expect(lines).toEqual([1, 2, 5, 6, 7, null]);
    expect(await lineOfRecord(chunks(text.replaceAll(",", ";"), size), 2, ";")).toBe(5);
  });
});
