import { StateError, type StateStore, valueText } from "@dapanoskop/core/state";
import { sha256Hex } from "@dapanoskop/core/store";
import type { Owner } from "../owner.ts";
import { driftPartIn, driftPartKey, type KeptDriftFinding, type KeptDriftProject } from "./kept-drift.ts";

/** Characters of a record's JSON, some of which take three bytes: a record has at most 300 KB. */
const LONGEST_PART = 80_000;

type FindingParts = Pick<KeptDriftProject, "generation" | "parts">;

/**
 * Writes findings into records of a new generation, which no reader reads until the project's record names it.
 * @param base what the generation is made of: a scan, and the version of the project's record that it replaces. At most one
 * write over that version succeeds, so a generation that lost is never named later.
 * @throws StateError, `too-large` before anything is written
 */
export async function writeFindings(
  state: StateStore,
  owner: Owner,
  project: string,
  base: string,
  findings: readonly KeptDriftFinding[],
): Promise<FindingParts> {
  const parts = partsOf(findings);
  const generation = (await sha256Hex(new TextEncoder().encode(base))).slice(0, 32);
  const records = parts.map((content, part) => ({
    key: driftPartKey(owner, project, generation, part),
    record: { value: { schema: 1, findings: content }, expiresAt: null },
  }));
  // A record that is too long would leave the records before it, which nothing names.
  for (const { key, record } of records) valueText(key, record, state.place);
  for (const { key, record } of records) await state.putIfAbsent(key, record);
  return { generation, parts: parts.length };
}

/** `null` where a part is missing: another generation has replaced this one. */
export async function readFindings(
  state: StateStore,
  owner: Owner,
  { project, generation, parts }: KeptDriftProject,
): Promise<readonly KeptDriftFinding[] | null> {
  const keys = Array.from({ length: parts }, (_, part) => driftPartKey(owner, project, generation, part));
  const records = await Promise.all(keys.map((key) => state.get(key)));
  return records.includes(null)
    ? null
    : records.flatMap((record) => (record === null ? [] : driftPartIn(record)));
}

/** Removes the records of a generation that nothing names any more. What cannot be removed stays, and is read by nobody. */
export async function removeFindings(
  state: StateStore,
  owner: Owner,
  { project, generation, parts }: KeptDriftProject,
): Promise<void> {
  try {
    for (let part = 0; part < parts; part += 1) {
      const key = driftPartKey(owner, project, generation, part);
      const record = await state.get(key);
      if (record !== null) await state.remove(key, record.version);
    }
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
  }
}

function partsOf(findings: readonly KeptDriftFinding[]): readonly (readonly KeptDriftFinding[])[] {
  const parts: KeptDriftFinding[][] = [];
  let size = LONGEST_PART;
  for (const finding of findings) {
    const length = JSON.stringify(finding).length;
    if (size + length > LONGEST_PART) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(finding);
    size += length;
  }
  return parts;
}
