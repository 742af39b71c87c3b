import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { folderState } from "@dapanoskop/local/state-folder";
import { afterAll, describe, expect, it } from "vitest";
import { localTables } from "../packages/aws/src/dynamodb-state/testing/local-table.ts";
import { alertRaceContract } from "../packages/budgets/src/testing/index.ts";

// The outbox of alerts on the real state stores: a folder that processes share, and DynamoDB through the real SDK.

const home = mkdtemp(join(tmpdir(), "dapanoskop-budgets-"));
const tables = await localTables();
afterAll(async () => {
  await tables.close();
  await rm(await home, { recursive: true, force: true });
});

let folders = 0;

alertRaceContract(
  { describe, it, expect },
  {
    name: "a folder",
    faultyRaces: 5,
    async open(clients) {
      const folder = join(await home, String(++folders));
      return Array.from({ length: clients }, () => folderState(folder));
    },
  },
);

alertRaceContract(
  { describe, it, expect },
  { name: "DynamoDB", faultyRaces: 5, open: (clients) => tables.open(clients) },
);
