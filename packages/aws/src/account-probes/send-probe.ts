import type { Probe } from "@dapanoskop/doctor";
import {
  BASES,
  clientSettings,
  failureClassOf,
  type Send,
  type ServiceErrorClass,
  sendWithRetries,
  timeoutsWithDefaults,
  transportRuntime,
} from "../transport/index.ts";
import { probeFailure } from "./probe-failure.ts";

// A person waits. What fails twice is a finding.
const TIMEOUTS = timeoutsWithDefaults({ request: 10_000 });
const POLICY = { ...BASES, attempts: 2, cap: 1_000 };

/** For the SDK clients of probes. */
export const probeClient = clientSettings(TIMEOUTS);

/** Sends a request at most twice. Never throws: an answer that `read` cannot read is none of AWS's. */
export async function sendProbe<Answer, Value>(
  ofService: ServiceErrorClass,
  send: Send<Answer>,
  read: (answer: Answer) => Value,
): Promise<Probe<Value>> {
  const outcome = await sendWithRetries(
    { send, classify: (cause) => failureClassOf(cause, ofService) },
    { policy: POLICY, timeouts: TIMEOUTS, runtime: transportRuntime({}) },
  );
  if (!outcome.answered) return { outcome: "failed", failure: probeFailure(outcome.failed.cause, ofService) };
  try {
    return { outcome: "answered", value: read(outcome.answer) };
  } catch {
    return {
      outcome: "failed",
      failure: { kind: "not-aws", name: "an answer without its fields", words: "" },
    };
  }
}
