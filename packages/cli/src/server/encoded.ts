import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** Below this many bytes, packing costs more than it saves. */
const WORTH_IT = 1_024;

// Parquet is packed already; wasm is not, and it is the largest of all.
const PACKS_WELL = /^(text\/|application\/(json|wasm)|image\/svg)/;

/** Packed bodies by the body itself: the page's files are packed once. */
const packed = new WeakMap<Uint8Array, Map<string, Uint8Array>>();

/** A body as the reader takes it: Brotli or gzip where he says so, as the deployed page's edge does. */
export function encoded(
  body: Uint8Array,
  contentType: string,
  accepted: string,
): { readonly body: Uint8Array; readonly headers: Readonly<Record<string, string>> } {
  if (!PACKS_WELL.test(contentType)) return { body, headers: {} };
  const vary = { vary: "accept-encoding" };
  const encoding = /\bbr\b/.test(accepted) ? "br" : /\bgzip\b/.test(accepted) ? "gzip" : null;
  if (encoding === null || body.length < WORTH_IT) return { body, headers: vary };
  const known = packed.get(body) ?? new Map<string, Uint8Array>();
  const bytes = known.get(encoding) ?? pack(body, encoding);
  known.set(encoding, bytes);
  packed.set(body, known);
  return { body: bytes, headers: { ...vary, "content-encoding": encoding } };
}

function pack(body: Uint8Array, encoding: "br" | "gzip"): Uint8Array {
  if (encoding === "gzip") return gzipSync(body);
  return brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
}
