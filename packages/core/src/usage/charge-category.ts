/** What a charge is for. */
export type Category = "Storage" | "Compute" | "Support" | "Other";

/** The four categories in the order they are shown. */
export const categories: readonly Category[] = ["Storage", "Compute", "Support", "Other"];
