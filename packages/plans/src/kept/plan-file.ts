import type { PlanDocument } from "@dapanoskop/core/plan";
import { StoreError } from "@dapanoskop/core/store";

const NEWLINE = 10;

/**
 * The file of a plan: the first line is its document as JSON, the rest the redacted plan as JSON. To show a plan, only the
 * first line is parsed.
 */
export function planFileBody(document: PlanDocument, redacted: Uint8Array): Uint8Array {
  const line = new TextEncoder().encode(`${JSON.stringify(document)}\n`);
  const body = new Uint8Array(line.length + redacted.length);
  body.set(line);
  body.set(redacted, line.length);
  return body;
}

/** @throws StoreError `corrupt` for a file that this package did not write */
export function documentIn(body: Uint8Array, what: string): PlanDocument {
  const end = body.indexOf(NEWLINE);
  try {
    if (end < 0) throw new RangeError("It has one line.");
    // The file is ours, and nobody else writes into its place.
    return JSON.parse(new TextDecoder().decode(body.subarray(0, end)));
  } catch (cause) {
    throw new StoreError(
      "corrupt",
      null,
      `The file of the plan ${what} is damaged. Delete the plan, and upload it again.`,
      {
        cause,
      },
    );
  }
}

/** The redacted plan in a file. */
export const redactedPlanIn = (body: Uint8Array): Uint8Array => body.subarray(body.indexOf(NEWLINE) + 1);
