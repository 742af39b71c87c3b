// Reads a plan's JSON, redacts it, prices it by the shipped list prices, and tells the processor time of the process in
// milliseconds.  plan-process FILE
import { readFile } from "node:fs/promises";
import process from "node:process";
import { planReport, readAndRedact } from "@dapanoskop/core/plan";
import { priceBook, shippedBook } from "@dapanoskop/core/pricing";

const [, , file = ""] = process.argv;
const bytes = await readFile(file);
const { plan, redacted } = await readAndRedact(bytes);
const document = planReport(plan, {
  region: "us-east-1",
  currency: "USD",
  rates: { observed: null, list: priceBook(shippedBook) },
  usage: null,
  comparable: null,
});
if (document.cost.priced === 0) throw new Error("Nothing of the plan is priced.");
const { user, system } = process.cpuUsage();
process.send?.(
  { cpuMs: (user + system) / 1_000, peakKb: process.resourceUsage().maxRSS, size: redacted.length },
  () => process.exit(0),
);
