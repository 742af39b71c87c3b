export { counted } from "./counted.ts";
export { displayWidth, fit, padEnd, padStart, wrap } from "./display-width.ts";
export { listed } from "./listed.ts";
export { cell, code, row, table } from "./markdown.ts";
export { quoted } from "./quoted.ts";
export { decodeUtf8, parseStrictJson, StrictJsonError } from "./strict-json.ts";
export { visible } from "./visible.ts";
