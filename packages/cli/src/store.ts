import process from "node:process";
import type { ArtifactStore } from "@dapanoskop/core/store";

/** The store at a place: a folder, which the first write creates, or `s3://BUCKET[/PREFIX]`, whose bucket must exist. */
export async function openStore(place: string): Promise<ArtifactStore> {
  if (!place.startsWith("s3://")) {
    const { folderStore } = await import("@dapanoskop/local/folder-store");
    return folderStore(place);
  }
  silenceNodeVersionWarning();
  const { parseStoreUrl, s3Store } = await import("@dapanoskop/aws/s3-store");
  return s3Store(parseStoreUrl(place));
}

/** Without this the AWS SDK writes on every start that it will need a newer Node. */
export function silenceNodeVersionWarning(): void {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
}
