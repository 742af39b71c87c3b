import { monthWindow, type Window } from "@dapanoskop/core/calendar";
import { coverageDocument, coverageOf, type ResourceCost } from "@dapanoskop/core/drift";
import { renderCoverageText } from "@dapanoskop/core/insight/drift";
import { jsonText } from "@dapanoskop/core/insight/render";
import { add } from "@dapanoskop/core/money";
import type { BillFileSource } from "@dapanoskop/local/bill-file";
import type { CommandContext } from "../command-context.ts";
import { givenBillFile, openBill } from "../cost-sources.ts";
import { CommandError, UsageError } from "../errors.ts";
import { exitCode } from "../exit-code.ts";
import type { CommandValues } from "../options/command-option.ts";
import { managedFiles } from "../plan/managed-files.ts";
import type { coverageDefinition } from "./coverage-definition.ts";

type CoverageValues = CommandValues<typeof coverageDefinition.options>;

/** `dapanoskop coverage`: how much of a bill is spent on what Terraform manages. */
export async function coverage(values: CoverageValues, context: CommandContext): Promise<number> {
  const given = givenBillFile("coverage", values);
  if (given === null) throw new UsageError("coverage", "dapanoskop coverage needs --bill PATH.");
  // An address may be in several root modules.
  const managed = [...(await managedFiles(values.managed))].flatMap(([file, resources]) =>
    resources.map((one) => ({ ...one, address: `${file}\n${one.address}` })),
  );
  const bill = await openBill(
    given.path,
    {
      dimensions: ["service", "resourceId"],
      metrics: ["UnblendedCost"],
      tagKeys: [],
      ...(given.provider === null ? {} : { provider: given.provider }),
    },
    context.runtime,
  );
  try {
    const window = values.month === null ? bill.window : monthWindow(values.month);
    const { costs, currency } = await resourceCosts(bill, window);
    const document = coverageDocument(coverageOf(costs, managed, currency), window);
    const style = { columns: context.out.columns, ansi: context.out.isTerminal };
    context.out.write(values.format === "json" ? jsonText(document) : renderCoverageText(document, style));
    return exitCode.done;
  } finally {
    await bill.close();
  }
}

async function resourceCosts(bill: BillFileSource, window: Window) {
  const { rows } = await bill.query({
    window,
    granularity: "MONTHLY",
    metric: "UnblendedCost",
    groupBy: [{ by: "service" }, { by: "resourceId" }],
  });
  const [first] = rows;
  if (first === undefined) {
    throw new CommandError(`The bill has no charge from ${window.start} to ${window.end}, the end excluded.`);
  }
  const byResource = new Map<string, ResourceCost>();
  for (const { keys, cost } of rows) {
    const [service, id] = keys;
    const resourceId = id === "" ? null : (id ?? null);
    const key = JSON.stringify([service, resourceId]);
    const known = byResource.get(key);
    byResource.set(key, {
      service: service ?? "",
      resourceId,
      cost: known === undefined ? cost : add(known.cost, cost),
    });
  }
  if ([...byResource.values()].every(({ resourceId }) => resourceId === null)) {
    throw new CommandError(
      "The bill names no resources. Export a Cost and Usage Report with resource ids, CUR 2.0 with resource ids, or FOCUS.",
    );
  }
  return { costs: [...byResource.values()], currency: first.cost.currency };
}
