import { ReconciliationError } from "@dapanoskop/core/ledger";
import { CostSourceError } from "@dapanoskop/core/source";
import { describe, expect, it } from "vitest";
import { errorSentence } from "./error-sentence.ts";

describe("an error as a line", () => {
  it("is our own sentence, without the cause that an SDK gave", () => {
    const cause = new Error("The signed request: X-Amz-Security-Token: secret");
    const error = new CostSourceError("credentials", null, "No credentials that work. Sign in again.", {
      cause,
    });
    expect(errorSentence(error)).toBe("No credentials that work. Sign in again.");
  });

  it("of a bill that contradicts itself is foreseen, and its sentence stands as it is", () => {
    const error = new ReconciliationError("2026-03", "2026-03: the services sum to 9. Run again later.");
    expect(errorSentence(error)).toBe("2026-03: the services sum to 9. Run again later.");
  });

  it("tells an unforeseen one with its causes, and no stack", () => {
    const error = new Error("it broke", { cause: new TypeError("x is not\n a function") });
    expect(errorSentence(error)).toBe("Unexpected error: it broke, because: x is not a function");
  });

  it("says in words what a system error means", () => {
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    expect(errorSentence(full)).toContain("the disk is full");
  });

  it("survives a chain of causes that bites its tail", () => {
    const error = new Error("round");
    error.cause = error;
    expect(errorSentence(error).match(/round/g)).toHaveLength(4);
  });

  it("obeys nothing that stands in a message", () => {
    expect(errorSentence(new Error("\u001b[2J\u202e\0"))).toContain("\\u001b[2J\\u202e\\u0000");
    expect(errorSentence("thrown text")).toContain("thrown text");
  });
});
