import { describe, expect, it } from "vitest";
import { quotedMessage } from "./error-text.ts";

describe("a message of AWS in a sentence", () => {
  it("does not contain accounts, roles, people and keys", () => {
    const words =
      "User: arn:aws:sts::123456789012:assumed-role/R/jane@example.com, account 123456789012, key ASIAIOSFODNN7EXAMPLE";
    expect(quotedMessage(words)).toBe('"User: arn:…, account (account), key (access key)"');
  });

  it("keeps dates and amounts", () => {
    expect(quotedMessage("14 months, 2026-02-01, 1234567890123")).toBe(
      '"14 months, 2026-02-01, 1234567890123"',
    );
  });
});
