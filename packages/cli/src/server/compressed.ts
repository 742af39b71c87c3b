import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** Below this many bytes, compression costs more than it saves. */
const SMALLEST = 1_024;

// Parquet is compressed already; wasm is not, and it is the largest file.
const COMPRESSIBLE = /^(text\/|application\/(json|wasm)|image\/svg)/;

/** Compressed bodies by body: the page's files are compressed once. */
const cache = new WeakMap<Uint8Array, Map<string, Uint8Array>>();

/** A body in an encoding that the client accepts, Brotli or gzip, as CloudFront compresses it. */
export function compressed(
  body: Uint8Array,
  contentType: string,
  accepted: string,
): { readonly body: Uint8Array; readonly headers: Readonly<Record<string, string>> } {
  if (!COMPRESSIBLE.test(contentType)) return { body, headers: {} };
  const vary = { vary: "accept-encoding" };
  const encoding = /\bbr\b/.test(accepted) ? "br" : /\bgzip\b/.test(accepted) ? "gzip" : null;
  if (encoding === null || body.length < SMALLEST) return { body, headers: vary };
  const known = cache.get(body) ?? new Map<string, Uint8Array>();
  const bytes = known.get(encoding) ?? compress(body, encoding);
  known.set(encoding, bytes);
  cache.set(body, known);
  return { body: bytes, headers: { ...vary, "content-encoding": encoding } };
}

function compress(body: Uint8Array, encoding: "br" | "gzip"): Uint8Array {
  if (encoding === "gzip") return gzipSync(body);
  return brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
}
