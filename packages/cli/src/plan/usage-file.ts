import { type JsonValue, parseUsageFile, type UsageFile, UsageFileError } from "@dapanoskop/core/pricing";
import { parse, YAMLError } from "yaml";
import { CommandError } from "../errors.ts";
import { fileText } from "./file-text.ts";

/** What somebody expects resources to use, from a YAML file. @throws CommandError where it cannot be read as one */
export async function usageFile(file: string): Promise<UsageFile> {
  const text = await fileText(file);
  try {
    // A usage file has no need of aliases, by which a small file becomes a large value.
    return parseUsageFile(parse(text, { maxAliasCount: 0 }) as JsonValue);
  } catch (error) {
    if (error instanceof UsageFileError) throw new CommandError(`${file}: ${error.message}`);
    if (error instanceof YAMLError || error instanceof ReferenceError) {
      throw new CommandError(`${file} is not YAML: ${error.message.split("\n")[0] ?? ""}`);
    }
    throw error;
  }
}
