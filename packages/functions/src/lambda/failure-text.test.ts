import { describe, expect, it } from "vitest";
import { failureText } from "./failure-text.ts";
import { runRuntime } from "./run-runtime.ts";

class ExpectedFailure extends Error {
  override readonly name = "ExpectedFailure";
}

const failed = (cause: unknown) => failureText(cause, [RangeError, ExpectedFailure]);

describe("the text of a failure", () => {
  it("of an expected one is its sentence, without a place", () => {
    expect(failed(new ExpectedFailure("The bill of 111122223333 is empty."))).toEqual({
      message: "The bill of (account) is empty.",
      kind: "ExpectedFailure",
      place: null,
    });
  });

  it("of an unexpected one says so, without secrets, with eight frames of its stack", () => {
    const cause = new TypeError("x is no y");
    cause.stack = `TypeError: x\n    at message\nfoot\n${Array.from({ length: 9 }, (_, at) => `    at f${at} (a.ts:${at})`).join("\n")}`;
    const frames = Array.from({ length: 7 }, (_, at) => `at f${at} (a.ts:${at})`);
    expect(failed(cause)).toEqual({
      message: "An unexpected error: TypeError: x is no y",
      kind: "TypeError",
      place: ["at message", ...frames].join(" ← "),
    });
    expect(failed("AKIAIOSFODNN7EXAMPLE")).toEqual({
      message: "An unexpected error: (access key)",
      kind: "string",
      place: null,
    });
    expect(failed(Object.assign(new TypeError("x"), { stack: "no frames" })).place).toBeNull();
  });

  it("has 2,000 characters at most, and its kind 60", () => {
    const spaced = "ab ".repeat(1_000);
    expect(failed(new ExpectedFailure(spaced)).message.length).toBe(2_001);
    expect(failed(new TypeError(spaced)).message.length).toBe(2_001);
    expect(failed(Object.assign(new Error("x"), { name: "y".repeat(61) })).kind).toBe(`${"y".repeat(60)}…`);
  });
});

describe("the runtime of an invocation", () => {
  it("has a fraction of a random byte, the clock and the time that is left", async () => {
    const slept: number[] = [];
    const of = (byte: number) =>
      runRuntime(
        {
          now: () => new Date("2026-03-08T06:00:00.700Z"),
          randomBytes: (count) => new Uint8Array(count).fill(byte),
          sleep: async (pause) => {
            slept.push(pause);
          },
        },
        () => 5,
      );
    expect([0, 64, 255].map((byte) => of(byte).random.fraction())).toEqual([0, 0.25, 255 / 256]);
    expect([...of(7).random.bytes(2)]).toEqual([7, 7]);
    await of(0).clock.sleep(3);
    expect([of(0).clock.now(), of(0).deadline.timeLeft(), slept]).toEqual(["2026-03-08T06:00:00Z", 5, [3]]);
  });
});
