export type { Anomaly, AnomalyRow, AnomalyScope } from "./anomaly.ts";
