import type { MessageTags } from "./message.ts";

/** The header fields of a mail or a request that carry the tags: `X-Dapanoskop-Date: 2026-01-14`. */
export const tagHeaders = (tags: MessageTags): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(tags).map(([name, value]) => [
      `X-Dapanoskop-${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      value,
    ]),
  );
