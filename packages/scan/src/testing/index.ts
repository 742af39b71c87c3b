export { archiveOf } from "./archives.ts";
