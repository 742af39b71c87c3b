export { renderCoverageText } from "./coverage-text.ts";
export { renderDriftText } from "./drift-text.ts";
