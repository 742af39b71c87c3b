import { type PriceBook, PriceBookError, parsePriceBook } from "@dapanoskop/core/pricing";
import { CommandError } from "../errors.ts";
import { fileText } from "../plan/file-text.ts";

/** The price book of a file. @throws CommandError where there is none, or another file */
export async function readPriceBook(file: string): Promise<PriceBook> {
  try {
    return parsePriceBook(await fileText(file));
  } catch (error) {
    if (error instanceof PriceBookError) throw new CommandError(`${file}: ${error.message}`);
    if (error instanceof CommandError && isAbsent(error.cause)) {
      throw new CommandError(`${error.message} Write it with dapanoskop prices update.`);
    }
    throw error;
  }
}

const isAbsent = (cause: unknown) => cause instanceof Error && "code" in cause && cause.code === "ENOENT";
