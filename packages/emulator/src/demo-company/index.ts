export { type DemoCompanyOptions, demoCompany } from "./demo-company.ts";
export { type DemoDriftScan, demoDriftScans } from "./plans/demo-drift.ts";
export { type DemoPlan, demoPlans } from "./plans/demo-plans.ts";
