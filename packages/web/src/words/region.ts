/** Whose manner figures and dates are written in. */
export interface Region {
  /** A BCP 47 tag: what a browser writes numbers by. */
  readonly numbers: string;
  /** Numbers read `1,234.50`, the sign of a currency in front. */
  readonly isPlain: boolean;
  /** Dates read `Mar 8`, and not `8 Mar`. */
  readonly isMonthFirst: boolean;
}

const MONTH_FIRST = new Set(["US", "CA", "PH", "PR", "GU", "VI", "AS", "MP", "UM"]);

/** Where English writes numbers as in Britain and America; in the rest of the world it is left to the browser. */
const PLAIN = new Set(["US", "GB", "CA", "AU", "NZ", "IE", "PH", "SG", "HK", "NG", "KE"]);

/**
 * The page speaks English. Numbers are written as in the reader's own language; dates keep English month names, in the
 * order of the reader's own English, or day before month for those who read another language first.
 * @param languages the browser's, most wanted first
 */
export function regionOf(languages: readonly string[]): Region {
  for (const language of languages) {
    const locale = localeOf(language);
    if (locale === null) continue;
    const isEnglish = locale.language === "en";
    const region = locale.region ?? "US"; // English that says no more is American
    return {
      // Digits stay 0 to 9, so that a figure can be compared with the invoice.
      numbers: `${locale.baseName}-u-nu-latn`,
      isPlain: isEnglish && PLAIN.has(region),
      isMonthFirst: isEnglish && MONTH_FIRST.has(region),
    };
  }
  return { numbers: "en-US", isPlain: true, isMonthFirst: true };
}

function localeOf(language: string): Intl.Locale | null {
  try {
    return new Intl.Locale(language);
  } catch {
    return null; // a browser may be told anything
  }
}
