import { visible, wrap } from "@dapanoskop/core/text";
import type { AccountFacts } from "./account-facts.ts";
import type { AccountFinding, FindingLevel } from "./finding.ts";
import { priceOf } from "./findings/first-run.ts";
import { answered } from "./probe.ts";

const WORDS: Readonly<Record<FindingLevel, string>> = {
  blocks: "BLOCKS",
  warning: "warning",
  unknown: "unknown",
  ok: "ok",
};

const LEVEL_WIDTH = 9;
/** A terminal may be wider; longer lines are hard to read. */
const WIDEST = 100;
const NARROWEST = 40;
const LONGEST = 1_000;

/** Findings for a terminal of so many columns: each a sentence, and the next step below it. */
export function renderFindings(findings: readonly AccountFinding[], columns: number): string {
  const width = Math.max(NARROWEST, Math.min(WIDEST, columns)) - LEVEL_WIDTH;
  return findings
    .map(({ level, text, next }) => {
      const lines = wrap(visible(text, LONGEST), width);
      const step = next === null ? [] : wrap(`Next: ${visible(next, LONGEST)}`, width);
      return [...lines, ...step]
        .map((line, at) => `${(at === 0 ? WORDS[level] : "").padEnd(LEVEL_WIDTH)}${line}`.trimEnd())
        .join("\n");
    })
    .join("\n\n")
    .concat("\n");
}

/** What the findings come to, in two sentences. */
export function summaryOf(findings: readonly AccountFinding[], { paidRequests }: AccountFacts): string {
  const blocking = findings.filter(({ level }) => level === "blocks").length;
  const result =
    blocking === 0
      ? "Nothing that was found blocks a first collection."
      : `${blocking === 1 ? "1 finding blocks" : `${blocking} findings block`} a first collection.`;
  const requests = paidRequests === 1 ? "1 request" : `${paidRequests} requests`;
  const spent =
    paidRequests === 0
      ? "This check cost nothing."
      : `This check made ${requests} to Cost Explorer (${priceOf(paidRequests)}).`;
  return `${result} ${spent}`;
}

/** The same for a program. */
export const findingsDocument = (findings: readonly AccountFinding[], facts: AccountFacts) => ({
  schema: 1,
  at: facts.at,
  account: answered(facts.identity)?.account ?? null,
  partition: answered(facts.identity)?.partition ?? null,
  region: facts.hosts.region,
  blocked: findings.some(({ level }) => level === "blocks"),
  findings,
  requests: { made: facts.paidRequests, price_usd: facts.paidRequests / 100 },
  first_run: {
    pages: facts.wanted.pages,
    other: facts.wanted.other,
    price_usd: (facts.wanted.pages + facts.wanted.other) / 100,
  },
});
