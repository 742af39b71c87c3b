export { anomaliesOf } from "./anomalies-of.ts";
export type { Anomaly, AnomalyRow, AnomalyScope } from "./anomaly.ts";
