/** Whose manner figures and dates are written in: BCP 47 tags. */
export interface Region {
  readonly numbers: string;
  readonly dates: string;
}

/**
 * The page speaks English. Numbers are written as in the reader's own language; dates keep English month names, in the
 * order of the reader's own English, or day before month for those who read another language first. (`en-DE` would say
 * both, but engines carry only some such pairs and silently fall back to American dates.)
 * @param languages the browser's, most wanted first
 */
export function regionOf(languages: readonly string[]): Region {
  for (const language of languages) {
    const locale = localeOf(language);
    if (locale === null) continue;
    const { baseName } = locale;
    // Digits stay 0 to 9, so that a figure can be compared with the invoice.
    return { numbers: `${baseName}-u-nu-latn`, dates: locale.language === "en" ? baseName : "en-GB" };
  }
  return { numbers: "en-US", dates: "en-US" };
}

function localeOf(language: string): Intl.Locale | null {
  try {
    return new Intl.Locale(language);
  } catch {
    return null; // a browser may be told anything
  }
}
