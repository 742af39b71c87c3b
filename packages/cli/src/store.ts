import { join } from "node:path";
import process from "node:process";
import type { StateStore } from "@dapanoskop/core/state";
import type { ArtifactStore } from "@dapanoskop/core/store";
import type { PlanStorage } from "@dapanoskop/plans";
import { CommandError } from "./errors.ts";

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

/** The state store at a place: a folder, which the first write creates, or `dynamodb:TABLE`, which must exist. */
export async function openState(place: string): Promise<StateStore> {
  const [, table] = /^dynamodb:(.*)$/.exec(place) ?? [];
  if (table === undefined) {
    const { folderState } = await import("@dapanoskop/local/state-folder");
    return folderState(place);
  }
  silenceNodeVersionWarning();
  const { dynamoDbState } = await import("@dapanoskop/aws/dynamodb-state");
  return dynamoDbState({ table });
}

/** Where plans are kept: a folder of state, with the plans' files in it. */
export async function openPlanStorage(place: string): Promise<PlanStorage> {
  if (place.startsWith("dynamodb:")) {
    throw new CommandError(`${place} holds no files of plans: name a folder in --state.`);
  }
  const { planFolder } = await import("@dapanoskop/local/plan-folder");
  return { state: await openState(place), files: planFolder(join(place, "plans")) };
}

/** Without this the AWS SDK writes on every start that it will need a newer Node. */
export function silenceNodeVersionWarning(): void {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
}
