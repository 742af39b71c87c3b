import { describe, expect, it } from "vitest";
import { testApi } from "./testing/index.ts";

describe("an address that the API does not have", () => {
  it.each(["/nothing", "/plans/a/b/c", "/"])(
    "is answered like an object that does not exist: %s",
    async (path) => {
      const { status, headers, body } = await testApi().send("alice", "GET", path);
      expect([status, headers.get("content-type"), body]).toEqual([
        404,
        "application/json",
        { error: "not_found", message: "There is no such address, or it does not belong to you." },
      ]);
      expect(headers.get("x-request-id")).not.toBeNull();
    },
  );

  it("is another one than an address that takes other methods", async () => {
    const { status, headers, body } = await testApi().send("alice", "DELETE", "/plans");
    expect([status, body.error, headers.get("allow")]).toEqual([405, "method_not_allowed", "POST, GET"]);
  });
});
