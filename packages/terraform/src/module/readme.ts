import { cell, code, table } from "@dapanoskop/core/text";
import type { InputSpec } from "../../../../infra/inputs.ts";
import { minimumVersion } from "../provider/schema.ts";
import type { ModuleOutput, Subsystem } from "../synthesis/synthesizer.ts";
import { filledTemplate } from "./template.ts";
import { defaultText, isRequired, usualFirst } from "./variables.ts";

/** The parts of the module's README that are not the same in every release. */
interface ReadmeContent {
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
    providers: `${minimumVersion} or newer, below 7`,
    prices: prices === undefined ? "" : `\n${prices.trim()}\n`,
    inputs: inputsTable(usualFirst()),
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
