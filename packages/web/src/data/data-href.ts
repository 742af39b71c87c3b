/** The address of a published file. */
export const dataHref = (key: string): string => `/data/${key}`;
