import { type CompanyDay, dayNumber } from "./company-day.ts";
import { bitsOf, joined, portion } from "./seeded-bits.ts";
import type { Migration } from "./workload.ts";

/*
 * Events that happen once and end. Each event is a function of the seed and the day alone, so the charges of a past day
 * never change.
 */

const OVERLAP_WEEKS = 3;
const MIGRATION_WEEKS = 10;

/**
 * The part of a database that is on one side of its migration, [0, 1]. The old side decreases from the fourth week to
 * the tenth; the new side increases during the first seven. In between the company pays for both.
 */
export function migrationShare(seed: number, { turn, side }: Migration, day: CompanyDay): number {
  const year = 2017 + 2 * turn;
  const start = dayNumber(year, 9, 3) + Math.floor(portion(joined(seed, year)) * 12);
  const weeks = (day.number - start) / 7;
  return side === "arriving"
    ? weeks < 0
      ? 0
      : Math.min(1, 0.3 + (0.7 * weeks) / (MIGRATION_WEEKS - OVERLAP_WEEKS))
    : Math.min(1, Math.max(0, (MIGRATION_WEEKS - weeks) / (MIGRATION_WEEKS - OVERLAP_WEEKS)));
}

/** A cost incident: one use costs several times its usual amount for some days. */
export interface Incident {
  /** Selects the use: its index is this number modulo the count of uses that can have an incident. */
  readonly of: number;
  /** Part of the excess on this day: 0.5 or 1. */
  readonly part: number;
}

const INCIDENTS = bitsOf("incidents");

/** Three times a year there is an incident of three or four days. It begins at noon of the first day. */
export function incidentOn(seed: number, day: CompanyDay): Incident | null {
  const year = Number(day.day.slice(0, 4));
  const third = Math.floor((Number(day.day.slice(5, 7)) - 1) / 4);
  const bits = joined(joined(seed, INCIDENTS), year * 3 + third);
  const start = dayNumber(year, third * 4 + 1, 1) + 14 + (bits % 90);
  const length = 3 + ((bits >>> 8) & 1);
  const since = day.number - start;
  if (since < 0 || since >= length) return null;
  return { of: year + third, part: since === 0 ? 0.5 : 1 };
}

const CREDIT = bitsOf("credit");
const CREDIT_CENTS = 1_500_000;
const CREDIT_CENTS_A_DAY = 17_000;

/**
 * The promotional credit of a day, in cents. AWS grants $15,000 for each migration; the company uses it from the end of
 * November to the middle of February.
 */
export function creditCents(seed: number, day: CompanyDay): number {
  const year = Number(day.day.slice(0, 4));
  const start = dayNumber(year % 2 === 1 ? year : year - 1, 11, 24);
  let left = CREDIT_CENTS;
  for (let number = start; number <= day.number && left > 0; number += 1) {
    const bits = joined(joined(seed, CREDIT), number);
    const spent = Math.min(left, CREDIT_CENTS_A_DAY + Math.floor(portion(bits) * 3_000));
    if (number === day.number) return spent;
    left -= spent;
  }
  return 0;
}
