import type { InputSpec } from "../../../../infra/inputs.ts";
import { floorVersion } from "../provider/schema.ts";
import type { ModuleOutput, Subsystem } from "../synthesis/synthesizer.ts";
import { filledTemplate } from "./template.ts";
import { defaultText, isRequired, requiredFirst } from "./variables.ts";

/** The parts of the module's README that are not the same in every release. */
export interface ReadmeContent {
  readonly subsystems: readonly Subsystem[];
  readonly outputs: readonly ModuleOutput[];
  /** The section about what the module costs, as Markdown with its own heading. */
  readonly prices?: string | undefined;
}

/** The module's README: the template with its tables. */
export function readme({ subsystems, outputs, prices }: ReadmeContent): string {
  return filledTemplate("README.md", {
    subsystems: table(
      ["file", "contents"],
      subsystems.map(({ name, description }) => [code(`${name}.tf`), cell(description)]),
    ),
    providers: `${floorVersion} or newer, below 7`,
    prices: prices === undefined ? "" : `\n${prices.trim()}\n`,
    inputs: inputsTable(requiredFirst()),
    outputs: table(
      ["name", "description"],
      outputs.map(({ name, description }) => [code(name), cell(description)]),
    ),
  });
}

/** The table of inputs, in the given order. */
export function inputsTable(inputs: readonly (readonly [name: string, spec: InputSpec])[]): string {
  return table(
    ["name", "type", "default", "description"],
    inputs.map(([name, spec]) => [
      code(name),
      code(spec.type),
      isRequired(spec) ? "required" : code(defaultText(spec) ?? ""),
      cell(spec.description),
    ]),
  );
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(heads), row(heads.map(() => "---")), ...rows.map(row)].join("\n");
}

const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;

/** A text in a cell, escaped: nothing in it ends the cell, opens a tag or becomes markup. */
export const cell = (text: string) =>
  text
    // An underscore between letters is no markup.
    .replace(/[\\`*[\]<>&|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, (mark) => ENTITIES.get(mark) ?? `\\${mark}`)
    .replace(/[\r\n]+/g, " ")
    .trim();

const ENTITIES = new Map([
  ["<", "&lt;"],
  [">", "&gt;"],
  ["&", "&amp;"],
]);

/** A text as code in a cell. A bar without a backslash ends the cell, in code as well. */
export function code(text: string): string {
  const line = text.replace(/[\r\n]+/g, " ").replaceAll("|", "\\|");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}
