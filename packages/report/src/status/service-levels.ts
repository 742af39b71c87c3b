import { decimalText } from "@dapanoskop/core/money";

/** Days that service levels look back. */
export const LEVEL_DAYS = 30;

/** Seconds from claim to accepted within which a report should be sent. */
export const FAST_SECONDS = 30;

/** Per mille of the expected reports that are delivered, and of the delivered ones that are sent within 30 s. */
export const DELIVERED_LEVEL = 995;
export const FAST_LEVEL = 950;

/** A promise about a share of reports, in whole numbers: nothing is rounded. */
export interface ServiceLevel {
  /** The promised share in per mille. */
  readonly level: number;
  readonly of: number;
  readonly missed: number;
  /** What the promise allows to miss, in thousandths of a report: `of` × (1000 − level). */
  readonly allowedThousandths: number;
  /** What is left of that, in thousandths; negative where the promise is broken. */
  readonly leftThousandths: number;
  readonly isMet: boolean;
}

/** The service level of `of` reports of which some were missed. */
export function serviceLevel(level: number, of: number, missed: number): ServiceLevel {
  const allowedThousandths = of * (1_000 - level);
  const leftThousandths = allowedThousandths - missed * 1_000;
  return { level, of, missed, allowedThousandths, leftThousandths, isMet: leftThousandths >= 0 };
}

/** What a level allows, as people count: `0.15 reports, a fraction below one: a single miss breaks it`. */
export function allowanceText({ allowedThousandths }: ServiceLevel): string {
  const reports = thousandthsText(allowedThousandths);
  return allowedThousandths < 1_000
    ? `${reports} of a report, a fraction below one: a single one breaks it`
    : `${reports} ${allowedThousandths === 1_000 ? "report" : "reports"}`;
}

/** `150` is `0.15`, exactly. */
export const thousandthsText = (count: number): string => decimalText(BigInt(count), 3);

/** `995` is `99.5 %`. */
export const levelText = (level: number): string => `${decimalText(BigInt(level), 1)} %`;
