export { displayWidth, fit, padEnd, padStart, wrap } from "./display-width.ts";
export { listed } from "./listed.ts";
export { quoted } from "./quoted.ts";
export { visible } from "./visible.ts";
