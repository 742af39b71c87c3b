export {
  type DemoCompanyOptions,
  type DemoDriftScan,
  type DemoPlan,
  demoCompany,
  demoDriftScans,
  demoPlans,
} from "./demo-company/index.ts";
export type { EmulatedBill } from "./emulated-bill.ts";
export {
  DEFAULT_PAGE_SIZE,
  type EmulatedRequest,
  type Emulator,
  type EmulatorOptions,
  startEmulator,
} from "./emulator.ts";
export { type Fault, type FaultKind, faultKinds, parseFault } from "./faults/fault.ts";
export type { HistoryMonths } from "./request/time-period.ts";
