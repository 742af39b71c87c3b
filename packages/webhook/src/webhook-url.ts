/**
 * Why a webhook's URL is not posted to; `null` where it is. The URL is a secret, so no sentence contains a part of it.
 *
 * - Only https: whoever answers has a trusted certificate for the name, so a name that is resolved to another address, as to one of
 *   a private network, reaches nobody who is not meant. Which https address it is decides who stores the URL.
 * - http goes to loopback alone, by its own names, which no resolver decides.
 * @param place the webhook in words
 * @param loopback whether http to loopback is posted to
 */
export function urlProblem(url: string, place: string, loopback: boolean): string | null {
  if (!URL.canParse(url)) return `The URL of ${place} is not a URL. Copy the whole of it again.`;
  const { protocol, hostname, username, password } = new URL(url);
  if (protocol !== "https:" && !(loopback && protocol === "http:" && isLoopback(hostname))) {
    const why = loopback ? ": http is for loopback only" : "";
    return `The URL of ${place} does not begin with https://. Use the one that does${why}.`;
  }
  if (username === "" && password === "") return null;
  return `The URL of ${place} contains a user or a password, which cannot be posted to. Put the secret into its path or query.`;
}

const isLoopback = (hostname: string) =>
  hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
