export { accountProbes } from "./account-probes.ts";
export { askedHosts } from "./asked-hosts.ts";
export { bucketProbe } from "./bucket-probe.ts";
