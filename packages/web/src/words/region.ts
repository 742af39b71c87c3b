/** How figures and dates are written for a reader. */
export interface Region {
  /** A BCP 47 tag for the browser's number formats. */
  readonly numbers: string;
  /** Numbers read `1,234.50`, the sign of a currency in front. */
  readonly isPlain: boolean;
  /** Dates read `Mar 8`, and not `8 Mar`. */
  readonly isMonthFirst: boolean;
}

const MONTH_FIRST = new Set(["US", "CA", "PH", "PR", "GU", "VI", "AS", "MP", "UM"]);

/** Regions whose English writes numbers as in Britain and America. For all others the browser formats numbers. */
const PLAIN = new Set(["US", "GB", "CA", "AU", "NZ", "IE", "PH", "SG", "HK", "NG", "KE"]);

/**
 * The page is in English. Numbers are written as in the reader's first language. Dates have English month names, in the
 * order of the reader's own English, or with the day first for readers of another language.
 * @param languages the browser's, most preferred first
 */
export function regionOf(languages: readonly string[]): Region {
  for (const language of languages) {
    const locale = localeOf(language);
    if (locale === null) continue;
    const isEnglish = locale.language === "en";
    const region = locale.region ?? "US"; // English without a region is American
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
    return null; // a browser accepts any text as a language
  }
}
