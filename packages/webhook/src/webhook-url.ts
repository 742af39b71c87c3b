/**
 * Why a webhook's URL is not posted to; `null` where it is. The URL is a secret, so no sentence contains a part of it.
 * `place` is the webhook in words.
 */
export function urlProblem(url: string, place: string): string | null {
  if (!URL.canParse(url)) return `The URL of ${place} is not a URL. Copy the whole of it again.`;
  const { protocol, hostname, username, password } = new URL(url);
  if (protocol !== "https:" && !(protocol === "http:" && isLoopback(hostname))) {
    return `The URL of ${place} does not begin with https://. Use the one that does: http is for loopback only.`;
  }
  if (username === "" && password === "") return null;
  return `The URL of ${place} contains a user or a password, which cannot be posted to. Put the secret into its path or query.`;
}

const isLoopback = (hostname: string) =>
  hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
