export type { FileSystem } from "./files.ts";
export { folderStore } from "./folder-store.ts";
