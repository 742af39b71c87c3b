import { describe, expect, it } from "vitest";
import { isMailAddress, mailProblem, messageProblem } from "./index.ts";
import { aMail, aRenderedMessage, someTags } from "./testing/index.ts";

describe("a mail", () => {
  it("may be sent with addresses, a subject of one line in any script, and tags", () => {
    expect(mailProblem(aMail())).toBeNull();
  });

  it("is refused without a recipient, with the sentence of what to do", () => {
    expect(mailProblem(aMail({ to: [] }))).toBe("The mail has no recipient. Name at least one address.");
  });

  it("is refused with a wrong address, which the sentence shows without its line breaks", () => {
    expect(mailProblem(aMail({ to: ["a@b.example", "x\r\n@y"] }))).toBe(
      String.raw`The recipient "x\r\n@y" is not a mail address such as costs@example.com. Correct it.`,
    );
    expect(mailProblem(aMail({ from: "costs" }))).toMatch(/^The sender "costs" is not a mail address/);
  });

  it("is refused with a subject of two lines, and with tags that are no words", () => {
    const message = aRenderedMessage({ subject: "a\u2028b" });
    expect(mailProblem(aMail({ message }))).toMatch(/^The subject "a\\u2028b" contains control characters/);
    expect(messageProblem("Costs", { ...someTags, date: "14 Jan" })).toMatch(/^The tag "date" or its value/);
  });
});

describe("a mail address", () => {
  it.each(["a@b.co", "jane.doe+aws@sub.example.com", "o'hara@example.org", "x@xn--bcher-kva.example"])(
    "may be %s",
    (address) => expect(isMailAddress(address)).toBe(true),
  );

  it.each([
    "a@b",
    "a.@b.co",
    ".a@b.co",
    "a..b@c.co",
    "a@-b.co",
    "a@b-.co",
    "a b@c.co",
    "a@b.co ",
    "a@b.co\n",
    `a@${"b.".repeat(130)}co`,
  ])("is not %j", (address) => expect(isMailAddress(address)).toBe(false));
});
