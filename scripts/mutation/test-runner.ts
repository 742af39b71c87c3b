import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import process from "node:process";

export interface TestRun {
  /** The file that is another one since the last run. */
  readonly changed: string;
  readonly tests: readonly string[];
  /** Which of them are run: those of the project `slow`, or the others. */
  readonly are: "fast" | "slow";
}

/** Runs tests of a checkout, one run after the other. */
export interface TestRunner {
  /** Whether all passed; `null` when it took too long. @throws Error when vitest itself failed */
  run(run: TestRun): Promise<boolean | null>;
  stop(): void;
}

/** Time that vitest needs to begin, in milliseconds. */
const LONGEST_START_MS = 180_000;

/** @param longest a run that takes more milliseconds is ended */
export function testRunner(root: string, longest: number): TestRunner {
  let running: Promise<ChildProcess> | null = null;
  let current: ChildProcess | null = null;

  async function start(): Promise<ChildProcess> {
    const child = fork(join(root, "scripts/mutation/vitest-process.ts"), {
      cwd: root,
      execArgv: ["--import", "tsx"],
      // A group of its own: its workers end with it.
      detached: true,
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    current = child;
    if ((await answerOf(child, LONGEST_START_MS)) !== "ready") throw new Error("vitest did not begin.");
    return child;
  }
  function stop(): void {
    const pid = current?.pid;
    [running, current] = [null, null];
    try {
      if (pid !== undefined) process.kill(-pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }
  return {
    async run(run) {
      running ??= start();
      const child = await running;
      const answer = answerOf(child, longest);
      child.send(run);
      const passed = await answer;
      if (passed === "ended")
        throw new Error("vitest ended while it ran the tests: its last sentence says why.");
      if (passed === null) stop();
      return passed as boolean | null;
    },
    stop,
  };
}

/** The next message; `null` where it takes too long, `ended` where the process ends before. */
function answerOf(child: ChildProcess, longest: number): Promise<unknown> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => settle(null), longest);
    const end = () => settle("ended");
    function settle(answer: unknown): void {
      clearTimeout(timer);
      child.off("message", settle);
      child.off("exit", end);
      resolve(answer);
    }
    child.once("message", settle);
    child.once("exit", end);
  });
}
