export {
  aPublished,
  aSummary,
  aTrend,
  aWorkload,
  type CenterSpec,
  type SummarySpec,
  type WorkloadSpec,
} from "./builders.ts";
