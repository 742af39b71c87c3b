import { appendFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { sendOnce } from "@dapanoskop/core/sending";
import { increment } from "@dapanoskop/core/state/testing";
import { testClock } from "@dapanoskop/core/testing";
import { folderState } from "../state-folder.ts";

// One of several processes that write into one state folder at the same moment. It begins at the first byte of its input,
// so that all begin together, and prints what each write came to.

const [folder = "", number = "0", what = "", times = "1"] = process.argv.slice(2);
const store = folderState(folder);
const runtime = {
  clock: { now: testClock().now, sleep: (milliseconds: number) => setTimeout(milliseconds) },
  random: {
    fraction: Math.random,
    bytes: (count: number) => new Uint8Array(count).fill(Number(number)),
  },
  deadline: { timeLeft: () => 55_000 },
};

async function act(): Promise<unknown> {
  if (what === "increment") {
    let refused = 0;
    for (let at = 0; at < Number(times); at++) {
      refused += await increment(store, { partition: "race", sort: "count" });
    }
    return refused;
  }
  if (what === "create") {
    const key = { partition: "race", sort: "created" };
    return (await store.putIfAbsent(key, { value: Number(number), expiresAt: null })).outcome;
  }
  const id = { kind: "report", date: "2026-01-14", audience: "everyone" } as const;
  const message = {
    summary: null,
    async send(attempt: number) {
      await appendFile(`${folder}.sent`, `${number} ${attempt}\n`);
      return { outcome: "accepted", messageId: null } as const;
    },
  };
  return (await sendOnce(id, async () => message, { state: store, runtime })).outcome;
}

process.stdout.write("ready\n");
await new Promise((go) => process.stdin.once("data", go));
process.stdout.write(`${JSON.stringify(await act())}\n`);
process.exit(0);
