/**
 * AWS has many names: "AWS", "Amazon Web Services, Inc.", "Amazon Web Services EMEA SARL", "AISPL" in India. In China two
 * companies operate AWS's regions and invoice for them: Sinnet in Beijing, and Western Cloud Data (NWCD) in Ningxia.
 * A regular expression that JavaScript and SQL read alike, for a name in lower case.
 */
export const AWS_NAMES =
  "^(aws|amazon web services|amazon|aispl)([^a-z0-9]|$)|^(beijing )?sinnet( |$)|^(ningxia )?western cloud data|^nwcd$|^光环新网|^(宁夏)?西云数据";

/** Whether this is one of AWS's names. */
export const isAws = (provider: string): boolean => new RegExp(AWS_NAMES).test(provider.trim().toLowerCase());
