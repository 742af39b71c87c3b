import { describe, expect, it } from "vitest";
import { approverText } from "./plan-words.ts";

describe("who approved a plan", () => {
  it.each([
    ["user:3f-1", "the signed-in person with the id 3f-1"],
    ["user:a:b", "the signed-in person with the id a:b"],
    ["client:ci-1", "the program with the client id ci-1"],
    ["local", "somebody on this machine"],
    ["group:web", "group:web"],
    ["\u202ex", "\\u202ex"],
  ])("%s is %s", (by, text) => {
    expect(approverText(by)).toBe(text);
  });
});
