import { open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Benchmark, benchmark, median } from "@dapanoskop/core/bench";
import { builtProgram, inFolder, type Measured, measured } from "./measured.ts";

const DUCKDB = fileURLToPath(new URL("duckdb-resources.mjs", import.meta.url));

/** Each resource has ten charges; half of the resources are in the state. */
const CHARGES_A_RESOURCE = 10;

/** MB of a process that also loads DuckDB. */
const MEMORY_BOUND = 512;

/** `coverage` of a CUR 2.0 with resource ids and a state, against DuckDB that sums the same columns. */
export async function spendCoverage(charges = 1_000_000, rounds = 3): Promise<readonly Benchmark[]> {
  return inFolder(async (folder) => {
    const [bill, state] = [join(folder, "bill.csv"), join(folder, "state.json")];
    await writeBill(bill, charges);
    await writeFile(state, stateOf(charges / CHARGES_A_RESOURCE / 2));
    const ours: Measured[] = [];
    const duckdb: Measured[] = [];
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await measured([builtProgram(), "coverage", "--bill", bill, "--managed", state]));
      duckdb.push(await measured([DUCKDB, bill]));
    }
    const middle = (runs: readonly Measured[], of: (run: Measured) => number) => median(runs.map(of));
    const cpu = ({ cpu }: Measured) => cpu;
    return [
      benchmark(
        `${charges.toLocaleString("en")} charges, processor time`,
        middle(ours, cpu),
        middle(duckdb, cpu),
        "against DuckDB that sums the same columns",
      ),
      benchmark(
        "peak memory, in MB",
        middle(ours, ({ memory }) => memory),
        MEMORY_BOUND,
        "against the bound",
      ),
    ];
  });
}

const idOf = (resource: number) => `i-${resource.toString(16).padStart(17, "0")}`;

const stateOf = (resources: number) =>
  JSON.stringify({
    format_version: "1.0",
    values: {
      root_module: {
        resources: Array.from({ length: resources }, (_, at) => ({
          address: `aws_instance.web[${at}]`,
          mode: "managed",
          type: "aws_instance",
          values: { id: idOf(at), arn: `arn:aws:ec2:us-east-1:123456789012:instance/${idOf(at)}` },
        })),
      },
    },
  });

async function writeBill(path: string, charges: number): Promise<void> {
  const file = await open(path, "w");
  await file.write(
    "identity_line_item_id,bill_payer_account_name,line_item_usage_start_date,line_item_unblended_cost,line_item_line_item_type,line_item_usage_type,line_item_currency_code,line_item_product_code,line_item_resource_id\n",
  );
  const resources = charges / CHARGES_A_RESOURCE;
  for (let from = 0; from < charges; from += 50_000) {
    const lines = Array.from({ length: Math.min(50_000, charges - from) }, (_, at) => {
      const n = from + at;
      const day = String((n % 31) + 1).padStart(2, "0");
      return `l${n},me,2026-01-${day}T00:00:00Z,${(n % 977) / 1000},Usage,BoxUsage:t3.micro,USD,Service${n % 40},${idOf(n % resources)}\n`;
    });
    await file.write(lines.join(""));
  }
  await file.close();
}
