/**
 * SHA-256 of bytes, as 64 lower-case hex digits. By WebCrypto, which Lambda, Node and browsers have
 * (browsers on https and on loopback only, and the page is served nowhere else).
 */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(
    await globalThis.crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>),
  );
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
