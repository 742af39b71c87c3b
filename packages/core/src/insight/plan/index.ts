export { renderComparisonText } from "./comparison-text.ts";
export { planMarker, renderPlanMarkdown } from "./plan-markdown.ts";
export { renderPlanText } from "./plan-text.ts";
export { accuracyText, planScoreText, type ShownPlanScore } from "./score-text.ts";
