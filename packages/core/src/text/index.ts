export { displayWidth, fit, padEnd, padStart, wrap } from "./display-width.ts";
export { visible } from "./visible.ts";
