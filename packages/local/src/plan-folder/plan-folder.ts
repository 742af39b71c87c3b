import { dirname, join, resolve } from "node:path";
import { checkPlanFileKey, type PlanFileKey, type PlanFiles } from "@dapanoskop/plans";
import {
  bytesOf,
  create,
  createFolder,
  type FileSystem,
  isSystemError,
  systemFiles,
} from "../files/files.ts";
import { stateFailureOf } from "../state-folder/failure.ts";
import { recordName } from "../state-folder/record-name.ts";

/**
 * A folder as the place of plans' files, each `OWNER/PROJECT/ID.json`. A file is linked to its name, which the system does once,
 * so a reader sees it whole or not at all. The folder is created by the first write.
 */
export function planFolder(folder: string, fs: FileSystem = systemFiles): PlanFiles {
  const root = resolve(folder);

  async function guarded<Result>(key: PlanFileKey, work: (path: string) => Promise<Result>): Promise<Result> {
    checkPlanFileKey(key);
    const path = join(root, recordName(key.owner), recordName(key.project), `${key.planId}.json`);
    try {
      return await work(path);
    } catch (error) {
      throw stateFailureOf(error, `The plan ${key.planId} in ${folder}`);
    }
  }

  return {
    place: folder,
    putIfAbsent: (key, body) =>
      guarded(key, async (path) => {
        await fs.mkdir(root, { recursive: true });
        await createFolder(fs, dirname(dirname(path)));
        await createFolder(fs, dirname(path));
        await create(fs, path, body);
      }),
    get: (key) => guarded(key, (path) => bytesOf(fs, path)),
    delete: (key) =>
      guarded(key, async (path) => {
        try {
          await fs.unlink(path);
        } catch (error) {
          if (!isSystemError(error, "ENOENT")) throw error;
        }
      }),
  };
}
