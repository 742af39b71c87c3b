import { readFile } from "node:fs/promises";
import process from "node:process";
import { text } from "node:stream/consumers";
import type { CommandContext } from "../command-context.ts";
import { putComment } from "../comment/put-comment.ts";
import { reviewService } from "../comment/review-service.ts";
import { CommandError } from "../errors.ts";
import { exitCode } from "../exit-code.ts";
import type { CommandValues } from "../options/command-option.ts";
import type { commentDefinition } from "./comment-definition.ts";

/** `dapanoskop comment`: the Markdown of a plan as one comment of the request that this run is about. */
export async function comment(
  { file, number }: CommandValues<typeof commentDefinition.options>,
  context: CommandContext,
): Promise<number> {
  const markdown = await read(file);
  const marker = /^<!-- dapanoskop [^\n]{1,200} -->(?=\r?\n)/.exec(markdown)?.[0];
  if (marker === undefined) {
    throw new CommandError(
      `${file} is not what dapanoskop plan --format markdown writes: its first line is no marker. Give that output.`,
    );
  }
  const service = reviewService(process.env, number);
  const outcome = await putComment(service, marker, markdown.replaceAll("\r\n", "\n"));
  context.err.write(
    `The comment on ${service.place} was ${outcome === "unchanged" ? "left as it is" : outcome}.\n`,
  );
  return exitCode.done;
}

async function read(path: string): Promise<string> {
  try {
    return path === "-" ? await text(process.stdin) : await readFile(path, "utf8");
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "no reason given";
    throw new CommandError(`${path} cannot be read (${code}). Check its name.`, { cause });
  }
}
