import { readFile } from "node:fs/promises";
import { CommandError } from "../errors.ts";

/** The bytes of a file that a command line names. @throws CommandError where it cannot be read */
export async function fileBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : null;
    if (code === "ENOENT") throw new CommandError(`There is no file ${path}.`, { cause });
    if (code === "EISDIR") throw new CommandError(`${path} is a folder, and a file is needed.`);
    if (typeof code === "string") {
      throw new CommandError(`${path} cannot be read (${code}). Check who may read it.`, { cause });
    }
    throw cause;
  }
}

/** Its text. @throws CommandError */
export const fileText = async (path: string): Promise<string> =>
  new TextDecoder().decode(await fileBytes(path));
