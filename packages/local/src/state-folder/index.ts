export { folderState } from "./state-folder.ts";
