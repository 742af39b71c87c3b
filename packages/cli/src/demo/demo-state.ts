import { parseBudget, putBudget } from "@dapanoskop/budgets";
import type { Instant } from "@dapanoskop/core/calendar";
import { driftOf } from "@dapanoskop/core/drift";
import { priceResources } from "@dapanoskop/core/pricing";
import type { DemoDriftScan, DemoPlan } from "@dapanoskop/emulator";
import {
  changeKeptPlan,
  deleteKeptPlan,
  keepPlan,
  keptPlans,
  LOCAL_OWNER,
  type PlanReader,
  type PlanStorage,
  recordDriftScan,
} from "@dapanoskop/plans";
import { demoBudgets } from "./demo-budgets.ts";

/**
 * Keeps the plans, the scans for drift and the budgets of the made-up company, as the commands keep them. What an earlier demo
 * kept of them is replaced; what the reader kept beside them stays.
 */
export async function writeDemoState(storage: PlanStorage, plans: PlanReader, at: Instant): Promise<void> {
  const { demoPlans, demoDriftScans } = await import("@dapanoskop/emulator");
  for (const plan of demoPlans(at)) await keepDemoPlan(storage, plans, plan);
  for (const scan of demoDriftScans(at)) await recordDemoScan(storage, plans, scan);
  for (const budget of demoBudgets)
    await putBudget(LOCAL_OWNER, parseBudget(budget), storage.state, { at, mode: "create" });
}

async function keepDemoPlan(
  storage: PlanStorage,
  plans: PlanReader,
  { project, json, uploadedAt, settled, isApproved }: DemoPlan,
): Promise<void> {
  const { document, redacted } = await plans.read(json, null);
  for (const kept of await keptPlans(storage, LOCAL_OWNER)) {
    const isSame = kept.project === project && kept.fingerprint === document.fingerprint;
    if (isSame) await deleteKeptPlan(storage, LOCAL_OWNER, kept.id);
  }
  const { plan } = await keepPlan(storage, LOCAL_OWNER, { project, document, redacted, at: uploadedAt });
  await changeKeptPlan(storage, LOCAL_OWNER, plan.id, {
    settled: settled === null ? null : { as: settled, at: uploadedAt },
    approval: isApproved ? { by: LOCAL_OWNER, at: uploadedAt } : null,
  });
}

async function recordDemoScan(
  { state }: PlanStorage,
  plans: PlanReader,
  { project, scannedAt, result }: DemoDriftScan,
): Promise<void> {
  if ("failure" in result) {
    await recordDriftScan(state, LOCAL_OWNER, { project, at: scannedAt, result: { reason: result.failure } });
    return;
  }
  const { plan, pricing, allocation } = await plans.read(result.json, null);
  const report = driftOf(plan, {
    price: (changes) => priceResources({ ...pricing, changes }),
    tagKey: allocation.tagKey,
    rules: [],
  });
  await recordDriftScan(state, LOCAL_OWNER, { project, at: scannedAt, result: { report } });
}
