// Writes the tables of options in README.md and packages/functions/README.md from the options themselves.
//   npm run options           writes them where they differ
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { cell, code, table } from "@dapanoskop/core/text";
import { collectDefinition } from "../packages/cli/src/commands/definitions.ts";
import { type CommandOptions, helpOf, usageOf } from "../packages/cli/src/options/command-option.ts";
import {
  collectionOptions,
  fullDescription,
  type OptionTable,
  variableOf,
} from "../packages/pipeline/src/options/index.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The options of a command, as README.md lists them. */
export const flagTable = (options: CommandOptions): string =>
  table(
    ["option", "what it does"],
    Object.values(options).map((option) => [code(usageOf(option)), cell(helpOf(option))]),
  );

/** The variables of the collector, as the README of the functions lists them. */
export const variableTable = (options: OptionTable): string =>
  table(
    ["variable", "default", "what it decides"],
    Object.values(options).map((option) => [
      code(variableOf(option)),
      option.default === null ? "" : code(String(option.default)),
      cell(fullDescription(option)),
    ]),
  );

/** The files with a table, and what stands between the marks in each. */
export const optionTables = (): ReadonlyMap<string, string> =>
  new Map([
    ["README.md", flagTable(collectDefinition.options)],
    ["packages/functions/README.md", variableTable(collectionOptions)],
  ]);

const BEGIN = "<!-- options: npm run options writes this table -->";
const END = "<!-- /options -->";

/**
 * A text with its table between the marks.
 * @throws Error when the marks are missing
 */
export function withTable(text: string, content: string): string {
  const [start, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`The lines ${BEGIN} and ${END} are missing.`);
  return `${text.slice(0, start)}${BEGIN}\n\n${content}\n\n${text.slice(end)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [file, content] of optionTables()) {
    const path = join(root, file);
    writeFileSync(path, withTable(readFileSync(path, "utf8"), content));
  }
}
