import process from "node:process";
import type { ArtifactStore } from "@dapanoskop/core/store";

/** A folder, which only what writes to it creates, or `s3://BUCKET[/PREFIX]`, which has to exist. */
export async function openStore(place: string): Promise<ArtifactStore> {
  if (!place.startsWith("s3://")) {
    const { folderStore } = await import("@dapanoskop/local/folder-store");
    return folderStore(place);
  }
  quietenSdk();
  const { parseStoreUrl, s3Store } = await import("@dapanoskop/aws/s3-store");
  return s3Store(parseStoreUrl(place));
}

/** The SDK asks for a newer Node on every start; the version that we need is checked when the program starts. */
export function quietenSdk(): void {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
}
