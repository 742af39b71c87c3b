export { planFolder } from "./plan-folder.ts";
