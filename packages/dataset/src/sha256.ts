/**
 * SHA-256 of bytes, as 64 lower-case hex digits. WebCrypto, since core runs in Lambda, on a laptop and in a browser
 * (there only on https or loopback, which is where the page is served).
 */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(
    await globalThis.crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>),
  );
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
