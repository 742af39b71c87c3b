import type { ArtifactStore } from "@dapanoskop/core/store";

/** Where a real account's figures are published when nothing else is said. */
export const USUAL_STORE = "./dapanoskop-data";

/** Where the demo publishes: never among a real account's figures. */
export const DEMO_STORE = "./dapanoskop-demo";

/** A folder as a store. Only what writes to it creates it. */
export async function openStore(folder: string): Promise<ArtifactStore> {
  const { folderStore } = await import("@dapanoskop/local/folder-store");
  return folderStore(folder);
}
