import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { type Host, pauseAfter } from "./patience.ts";
import { OutOfTime, type Setback, setbackOf } from "./setback.ts";

/** What the SDK's client is told; all else (AWS_REGION, AWS_PROFILE, AWS_ENDPOINT_URL_S3, roles) is its own affair. */
export type S3Access = Pick<S3ClientConfig, "region" | "credentials" | "endpoint" | "forcePathStyle">;

/** In milliseconds. */
export interface Timeouts {
  readonly connection: number;
  /** For the head of an answer and for each silence in it; connection and request together bound all of an attempt. */
  readonly request: number;
}

export interface ConnectionOptions {
  readonly access: S3Access;
  readonly timeouts: Timeouts;
  /** Milliseconds that are left for requests; `Infinity` without a deadline. */
  readonly timeLeft: () => number;
  readonly host: Host;
}

/** One client to one bucket, with attempts of its own. */
export interface Connection {
  /** Sends a request until it is answered, the attempts are used up or the time is over. Never throws. */
  call<Answer>(attempts: number, send: Send<Answer>): Promise<Reply<Answer>>;
}

export type Send<Answer> = (
  client: S3Client,
  options: { readonly abortSignal: AbortSignal },
) => Promise<Answer>;

export type Reply<Answer> =
  | { readonly answered: true; readonly answer: Answer }
  | { readonly answered: false; readonly failed: Failed };

/** A request that was not done, as far as is known. */
export interface Failed {
  /** Of the last attempt. */
  readonly cause: unknown;
  readonly setback: Setback;
  readonly attempts: number;
  /** One of the attempts may have been done, unknown to us. */
  readonly lost: boolean;
  /** There was no time for another attempt, or for all of the last one. */
  readonly ranOutOfTime: boolean;
}

/** How often a request is sent again that was turned away at the door: to another region, or for our clock. */
const TURNED_AWAY = 3;

/**
 * The attempts are made here and not by the SDK. Its retries end where the head of an answer has arrived, they would
 * hide that an earlier attempt's answer was lost, and AWS_MAX_ATTEMPTS could switch them on for `index.json`. Its own
 * following of region redirects pays the way round for every request anew, and swaps the client's region under
 * requests that run beside it.
 */
export function connect({ access, timeouts, timeLeft, host }: ConnectionOptions): Connection {
  let door = firstDoor(access, timeouts);

  async function sendOnce<Answer>(client: S3Client, send: Send<Answer>): Promise<Answer> {
    const stop = stopAfter(Math.min(timeouts.connection + timeouts.request, timeLeft()));
    try {
      // The race also ends what the SDK does not abort: fetching credentials.
      return await Promise.race([send(client, { abortSignal: stop.signal }), stop.late]);
    } finally {
      stop.clear();
    }
  }

  /** Whether a request that was turned away may be sent again at once: S3 has said how. */
  function follow(setback: Setback, used: Door): boolean {
    if (setback.kind === "skewed") return true;
    if (setback.kind !== "elsewhere" || setback.region === used.region) return false;
    // A request that ran beside this one may have moved us already.
    if (setback.region !== door.region) door = movedTo(setback.region, used, access);
    return true;
  }

  return {
    async call(attempts, send) {
      let attempt = 1;
      let again = TURNED_AWAY;
      let lost = false;
      for (;;) {
        const used = door;
        try {
          if (timeLeft() <= 0) throw new OutOfTime();
          return { answered: true, answer: await sendOnce(used.client, send) };
        } catch (cause) {
          const setback = setbackOf(cause);
          if (again > 0 && follow(setback, used)) {
            again -= 1;
            continue;
          }
          lost ||= setback.kind === "lost" || setback.kind === "busy";
          const pause = pauseAfter(attempt, setback, host);
          const ranOutOfTime = pause >= timeLeft();
          if (attempt === attempts || !mayPass(setback) || ranOutOfTime) {
            return { answered: false, failed: { cause, setback, attempts: attempt, lost, ranOutOfTime } };
          }
          await host.sleep(pause);
          attempt += 1;
        }
      }
    },
  };
}

const mayPass = ({ kind }: Setback) => kind === "unsent" || kind === "busy" || kind === "lost";

/** A client, and the region that it was told; `null` where the environment tells it. */
interface Door {
  readonly client: S3Client;
  readonly region: string | null;
}

function firstDoor(access: S3Access, timeouts: Timeouts): Door {
  const client = new S3Client({
    ...access,
    ...ONCE,
    requestHandler: {
      connectionTimeout: timeouts.connection,
      requestTimeout: timeouts.request,
      throwOnRequestTimeout: true,
      socketTimeout: timeouts.request,
    },
  });
  return { client, region: typeof access.region === "string" ? access.region : null };
}

/** The same connections and credentials, in another region. */
function movedTo(region: string, { client: { config } }: Door, access: S3Access): Door {
  const { requestHandler, credentials } = config;
  return { client: new S3Client({ ...access, ...ONCE, requestHandler, credentials, region }), region };
}

const ONCE = {
  maxAttempts: 1,
  // A few megabytes are sent at once: asking first costs a connection of its own, and 20 s where nobody says "continue".
  expectContinueHeader: false,
} satisfies S3ClientConfig;

/** What ends an attempt: a signal for the SDK, and a promise that rejects. */
interface Stop {
  readonly signal: AbortSignal;
  readonly late: Promise<never>;
  clear(): void;
}

function stopAfter(milliseconds: number): Stop {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const reason = new Error(`There was no whole answer within ${Math.round(milliseconds)} ms.`);
      reason.name = "TimeoutError";
      reject(reason);
      controller.abort(reason);
    }, milliseconds);
  });
  return { signal: controller.signal, late, clear: () => clearTimeout(timer) };
}
