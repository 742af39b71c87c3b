export { type DemoCompanyOptions, demoCompany } from "./demo-company.ts";
