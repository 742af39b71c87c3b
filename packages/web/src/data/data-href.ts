/** Where a published file stands for a browser. */
export const dataHref = (key: string): string => `/data/${key}`;
