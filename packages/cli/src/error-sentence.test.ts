import { ReconciliationError } from "@dapanoskop/core/ledger";
import { CostSourceError } from "@dapanoskop/core/source";
import { describe, expect, it } from "vitest";
import { errorSentence } from "./error-sentence.ts";

describe("the sentence of an error", () => {
  it("is the message of our own error, without the cause from an SDK", () => {
    const cause = new Error("The signed request: X-Amz-Security-Token: secret");
    const error = new CostSourceError("credentials", null, "No credentials that work. Sign in again.", {
      cause,
    });
    expect(errorSentence(error)).toBe("No credentials that work. Sign in again.");
  });

  it("is the message of a reconciliation that failed", () => {
    const error = new ReconciliationError("2026-03", "2026-03: the services sum to 9. Run again later.");
    expect(errorSentence(error)).toBe("2026-03: the services sum to 9. Run again later.");
  });

  it("names an unexpected error with its causes and without a stack", () => {
    const error = new Error("it broke", { cause: new TypeError("x is not\n a function") });
    expect(errorSentence(error)).toBe("Unexpected error: it broke, because: x is not a function");
  });

  it("explains a system error in words", () => {
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    expect(errorSentence(full)).toContain("the disk is full");
  });

  it("ends for an error that is its own cause", () => {
    const error = new Error("round");
    error.cause = error;
    expect(errorSentence(error).match(/round/g)).toHaveLength(4);
  });

  it("shows control characters of a message as text", () => {
    expect(errorSentence(new Error("\u001b[2J\u202e\0"))).toContain("\\u001b[2J\\u202e\\u0000");
    expect(errorSentence("thrown text")).toContain("thrown text");
  });
});
