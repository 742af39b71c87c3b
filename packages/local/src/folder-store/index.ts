export type { FileSystem } from "../files/files.ts";
export { folderStore } from "./folder-store.ts";
