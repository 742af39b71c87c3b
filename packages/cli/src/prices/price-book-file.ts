import { readFile } from "node:fs/promises";
import { type PriceBook, PriceBookError, parsePriceBook } from "@dapanoskop/core/pricing";
import { CommandError } from "../errors.ts";

/** The price book of a file. @throws CommandError where there is none, or another file */
export async function readPriceBook(file: string): Promise<PriceBook> {
  try {
    return parsePriceBook(await readFile(file, "utf8"));
  } catch (error) {
    if (error instanceof PriceBookError) throw new CommandError(`${file}: ${error.message}`);
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      throw new CommandError(`There is no file ${file}. Write it with dapanoskop prices update.`);
    }
    throw error;
  }
}
