import { wrap } from "@dapanoskop/core/text";
import type { CommandDefinition } from "./commands/definitions.ts";
import { helpOf, usageOf } from "./options/command-option.ts";

/** Columns of a help text. */
const WIDTH = 118;

/** What the program does, its commands and its exit codes. */
export function overview(definitions: readonly CommandDefinition[]): string {
  return `Dapanoskop shows what you spend on AWS, exact, by cost center and workload, and why it changed.

${commandList(definitions)}
dapanoskop help COMMAND says more. dapanoskop --version names the version.
Exit codes: 0 done, 1 failed, 2 not understood, 3 a month was quarantined, 4 a gate failed.
`;
}

/** The commands of a group. */
export const groupHelp = (name: string, definitions: readonly CommandDefinition[]): string =>
  `dapanoskop ${name}\n\n${commandList(definitions)}\ndapanoskop help ${name} COMMAND says more.\n`;

const commandList = (definitions: readonly CommandDefinition[]) =>
  columns(definitions.map(({ name, summary }) => [`dapanoskop ${name}`, summary] as const));

/** The help of one command. */
export function commandHelp({ name, description, options }: CommandDefinition): string {
  const lines = Object.values(options).map((option) => [usageOf(option), helpOf(option)] as const);
  return `dapanoskop ${name}\n\n${wrap(description, WIDTH).join("\n")}\n\n${columns(lines)}`;
}

/** Two columns, indented; the second one is wrapped. */
function columns(rows: readonly (readonly [left: string, right: string])[]): string {
  const left = Math.max(...rows.map(([text]) => text.length)) + 5;
  const indent = " ".repeat(left);
  const lines = rows.flatMap(([text, right]) => {
    const [first = "", ...rest] = wrap(right, WIDTH - left);
    return [`  ${text}`.padEnd(left) + first, ...rest.map((line) => indent + line)];
  });
  return lines.map((line) => `${line}\n`).join("");
}
