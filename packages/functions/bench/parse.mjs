// Parses a JSON file, and tells the processor time of the process in milliseconds.  parse.mjs FILE
import { readFile } from "node:fs/promises";
import process from "node:process";

const parsed = JSON.parse(await readFile(process.argv[2] ?? "", "utf8"));
const { user, system } = process.cpuUsage();
process.send?.({ cpuMs: (user + system) / 1_000, size: Object.keys(parsed).length }, () => process.exit(0));
