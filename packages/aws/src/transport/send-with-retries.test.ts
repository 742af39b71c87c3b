import { testClock, testRandom } from "@dapanoskop/core/testing";
import { describe, expect, it, vi } from "vitest";
import { DeadlineError } from "./attempt-timer.ts";
import type { FailureClass } from "./failure-class.ts";
import { transportRuntime } from "./runtime.ts";
import { type RetriedRequest, sendWithRetries, type TransportSettings } from "./send-with-retries.ts";

const POLICY = { attempts: 4, throttledBase: 1_000, transientBase: 100, cap: 20_000 };

/** Failures by their class, in order; then an answer. */
function failing(...classes: readonly FailureClass[]) {
  const send = vi.fn<RetriedRequest<string>["send"]>();
  for (const failureClass of classes) send.mockRejectedValueOnce(failureClass);
  send.mockResolvedValue("answer");
  return { send, classify: (cause: unknown) => cause as FailureClass };
}

function settings(own: Partial<TransportSettings["runtime"]> = {}, attempts = 4) {
  const clock = testClock();
  const runtime = transportRuntime({ clock, random: testRandom(), ...own });
  const timeouts = { connection: 20, request: 30 };
  return { clock, settings: { policy: { ...POLICY, attempts }, timeouts, runtime } };
}

describe("a request", () => {
  it("is sent again after each failure that may pass, with pauses in between", async () => {
    const request = failing("unsent", "throttled", "lost");
    const { clock, settings: four } = settings();
    expect(await sendWithRetries(request, four)).toEqual({ answered: true, answer: "answer" });
    expect(request.send).toHaveBeenCalledTimes(4);
    expect(clock.sleeps).toEqual([50, 1_000, 200]);
  });

  it("is sent again only when the pause is over", async () => {
    const request = failing("lost");
    let wake = () => {};
    const sleep = () =>
      new Promise<void>((resolve) => {
        wake = resolve;
      });
    const outcome = sendWithRetries(request, settings({ clock: { sleep } }).settings);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(request.send).toHaveBeenCalledTimes(1);
    wake();
    expect((await outcome).answered).toBe(true);
    expect(request.send).toHaveBeenCalledTimes(2);
  });

  it("fails when its attempts are used up, with the last failure", async () => {
    const request = failing("unsent", "unsent", "throttled", "unsent");
    const { clock, settings: three } = settings({}, 3);
    expect(await sendWithRetries(request, three)).toEqual({
      answered: false,
      failed: {
        cause: "throttled",
        failureClass: "throttled",
        attempts: 3,
        lost: true,
        ranOutOfTime: false,
      },
    });
    expect(clock.sleeps).toHaveLength(2);
  });

  it.each(["credentials", "untrusted", "rejected"] as const)(
    "is sent once when it is %s",
    async (failureClass) => {
      const request = failing(failureClass);
      const outcome = await sendWithRetries(request, settings().settings);
      expect(outcome).toMatchObject({
        failed: { failureClass, attempts: 1, lost: false, ranOutOfTime: false },
      });
      expect(request.send).toHaveBeenCalledTimes(1);
    },
  );

  it.each([
    [["unsent", "rejected"], false],
    [["lost", "rejected"], true],
    [["throttled", "rejected"], true],
    [["rejected"], false],
  ] as const)("after %j may have been done: %s", async (classes, lost) => {
    const outcome = await sendWithRetries(failing(...classes), settings().settings);
    expect(outcome).toMatchObject({ failed: { failureClass: "rejected", lost } });
  });

  it("is sent again at once after a correction of the clock, three times at most, also where one attempt is allowed", async () => {
    const corrected = failing("clock-corrected", "clock-corrected", "clock-corrected");
    const { clock, settings: one } = settings({}, 1);
    expect(await sendWithRetries(corrected, one)).toEqual({ answered: true, answer: "answer" });
    expect(clock.sleeps).toEqual([]);
    const always = failing(...Array<FailureClass>(9).fill("clock-corrected"));
    expect(await sendWithRetries(always, settings().settings)).toMatchObject({
      failed: { failureClass: "clock-corrected", attempts: 1, lost: false },
    });
    expect(always.send).toHaveBeenCalledTimes(4);
  });

  it("is sent again at once where the service redirects it, three times at most", async () => {
    const request = failing(...Array<FailureClass>(9).fill("rejected"));
    const redirect = vi.fn(() => true);
    const outcome = await sendWithRetries({ ...request, redirect }, settings().settings);
    expect(outcome).toMatchObject({ failed: { failureClass: "rejected", attempts: 1 } });
    expect(request.send).toHaveBeenCalledTimes(4);
    expect(redirect.mock.calls).toEqual([["rejected"], ["rejected"], ["rejected"]]);
  });
});

describe("the time of a request", () => {
  it("ends an attempt after the timeouts of connection and request together", async () => {
    const signals: AbortSignal[] = [];
    const send: RetriedRequest<string>["send"] = ({ abortSignal }) => {
      signals.push(abortSignal);
      return new Promise(() => {});
    };
    const begun = performance.now();
    const outcome = await sendWithRetries({ send, classify: () => "rejected" }, settings().settings);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(48);
    expect(outcome).toMatchObject({ failed: { cause: { name: "TimeoutError" }, ranOutOfTime: false } });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it("ends an attempt at the deadline, which leaves none", async () => {
    const send = vi.fn<RetriedRequest<string>["send"]>(() => new Promise(() => {}));
    const deadline = { timeLeft: () => 10 };
    const outcome = await sendWithRetries({ send, classify: () => "lost" }, settings({ deadline }).settings);
    expect(outcome).toMatchObject({
      failed: { cause: new DeadlineError(true), attempts: 1, lost: true, ranOutOfTime: true },
    });
    expect(send).toHaveBeenCalledTimes(1);
  });

  it("allows no attempt when none is left", async () => {
    const request = failing();
    const deadline = { timeLeft: () => 0 };
    const classify = (): FailureClass => "unsent";
    const outcome = await sendWithRetries({ ...request, classify }, settings({ deadline }).settings);
    expect(outcome).toMatchObject({
      failed: { cause: { sent: false }, failureClass: "unsent", lost: false, ranOutOfTime: true },
    });
    expect(request.send).not.toHaveBeenCalled();
  });

  it("allows no pause that reaches the deadline", async () => {
    const request = failing("throttled", "throttled");
    const { clock, settings: short } = settings({ deadline: { timeLeft: () => 1_000 } });
    const outcome = await sendWithRetries(request, short);
    expect(outcome).toMatchObject({ failed: { cause: "throttled", attempts: 2, ranOutOfTime: true } });
    expect(clock.sleeps).toEqual([500]);
  });

  it("is not why a request failed that would be answered alike", async () => {
    const outcome = await sendWithRetries(
      failing("rejected"),
      settings({ deadline: { timeLeft: () => 1 } }).settings,
    );
    expect(outcome).toMatchObject({ failed: { ranOutOfTime: false } });
  });
});
