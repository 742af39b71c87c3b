/** Arguments and blocks by name. */
export type Body = Readonly<Record<string, unknown>>;
