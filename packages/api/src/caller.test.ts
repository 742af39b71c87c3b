import { describe, expect, it } from "vitest";
import { type Caller, ownerOf } from "./caller.ts";

const owner = (name: string) => ({ name, owner: `${name} of keys` as never });
const caller: Caller = {
  subject: "user:1" as never,
  owners: [owner("user:1"), owner("group:web"), owner("group:data")],
  scopes: new Set(),
};

describe("the owner of a request", () => {
  it("is the caller where none is named, and one that the token proves where it is", () => {
    expect(ownerOf(caller, undefined)).toBe("user:1 of keys");
    for (const name of ["user:1", "group:web", "group:data"])
      expect(ownerOf(caller, name)).toBe(`${name} of keys`);
  });

  it.each([
    ["group:other", "forbidden"],
    ["user:2", "forbidden"],
    ["group:WEB", "forbidden"],
    ["web", "bad_request"],
    ["group:", "bad_request"],
    ["", "bad_request"],
  ])("is refused where the token does not prove it: %j", (name, code) => {
    expect(() => ownerOf(caller, name)).toThrow(expect.objectContaining({ code }));
  });
});
