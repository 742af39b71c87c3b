export { aConfiguredResource, aPlannedChange, inRegion, listPrices, planBytes, realPlan } from "./a-plan.ts";
