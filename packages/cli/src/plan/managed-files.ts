import { DriftError, type ManagedResource, managedResources } from "@dapanoskop/core/drift";
import { CommandError } from "../errors.ts";
import { fileBytes } from "./file-text.ts";

/** The managed resources of states and plans, by file. @throws CommandError where a file is none */
export async function managedFiles(
  files: readonly string[],
): Promise<ReadonlyMap<string, readonly ManagedResource[]>> {
  const all = new Map<string, readonly ManagedResource[]>();
  for (const file of files) {
    const bytes = await fileBytes(file);
    try {
      all.set(file, managedResources(bytes));
    } catch (error) {
      if (error instanceof DriftError) throw new CommandError(`${file}: ${error.message}`);
      throw error;
    }
  }
  return all;
}
