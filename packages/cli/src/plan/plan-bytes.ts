import { createReadStream } from "node:fs";
import { PLAN_BYTE_LIMIT } from "@dapanoskop/core/plan";
import type { CommandContext } from "../command-context.ts";
import { CommandError } from "../errors.ts";

/** The bytes of a plan's file, or of standard input for `-`: at most one more than a plan may have, whatever is there. */
export async function planBytes(file: string, { input }: CommandContext): Promise<Uint8Array> {
  if (file !== "-") return atMostOneMore(createReadStream(file), file);
  if (input === undefined) throw new CommandError("Standard input cannot be read here. Name a file.");
  return atMostOneMore(input(), "standard input");
}

async function atMostOneMore(stream: AsyncIterable<Uint8Array>, name: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > PLAN_BYTE_LIMIT) break;
    }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "ENOENT") throw new CommandError(`There is no file ${name}.`);
    if (code === "EISDIR") throw new CommandError(`${name} is a folder, and a plan's JSON is needed.`);
    if (typeof code === "string") {
      throw new CommandError(`${name} cannot be read (${code}). Check who may read it.`, { cause: error });
    }
    throw error;
  }
  return Buffer.concat(chunks, Math.min(length, PLAN_BYTE_LIMIT + 1));
}
