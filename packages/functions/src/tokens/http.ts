import { Unavailable } from "./refused.ts";

/** The global `fetch`, as far as it is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface Answer {
  readonly status: number;
  readonly text: string;
}

interface Bounds {
  /** Of the whole exchange, body included, in milliseconds. */
  readonly timeoutMs: number;
  /** Of the body. */
  readonly bytes: number;
}

/**
 * One request, bounded in time and size; redirects are not followed, so that a code or a token is sent nowhere else.
 * @throws Unavailable
 */
export async function ask(
  fetch: Fetch,
  url: string,
  init: RequestInit,
  { timeoutMs, bytes }: Bounds,
): Promise<Answer> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, { ...init, redirect: "error", signal });
    return { status: response.status, text: await textWithin(response, bytes) };
  } catch (cause) {
    if (cause instanceof Unavailable) throw cause;
    throw new Unavailable("no-answer", `${new URL(url).host} did not answer within ${timeoutMs} ms.`, {
      cause,
    });
  }
}

async function textWithin(response: Response, limit: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > limit) throw new Unavailable("long-answer", `An answer is longer than ${limit} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
