import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { LONGEST_OBJECT } from "@dapanoskop/core/store";
import {
  BASES,
  clientSettings,
  type RequestOutcome,
  type Send,
  sendWithRetries,
  type Timeouts,
  type TransportRuntime,
} from "../transport/index.ts";
import { classify, redirectRegion } from "./s3-error.ts";

/** Settings of the SDK's client. It finds all others itself (AWS_REGION, AWS_PROFILE, AWS_ENDPOINT_URL_S3, roles). */
export type S3Access = Pick<S3ClientConfig, "region" | "credentials" | "endpoint" | "forcePathStyle">;

/** One bucket, in whichever region it is. */
export interface S3Connection {
  /** Sends a request until it is answered, the attempts are used up or the time is over. Never throws. */
  call<Answer>(attempts: number, send: SendToS3<Answer>): Promise<RequestOutcome<Answer>>;
}

export type SendToS3<Answer> = (client: S3Client, ...options: Parameters<Send<Answer>>) => Promise<Answer>;

/** Attempts at one reading request, the first included. */
export const READ_ATTEMPTS = 4;

/** A published file has some megabytes. A part of a bill is as long as was asked for. */
const S3_ANSWERS = { longestAnswer: LONGEST_OBJECT };

/** No pause between two attempts is longer, in milliseconds. */
const CAP = 8_000;

/**
 * Redirects to the bucket's region are followed here and not by the SDK: that would pay the detour for every request
 * anew, and would swap the client's region under requests that run at the same time.
 */
export function connectToS3(access: S3Access, timeouts: Timeouts, runtime: TransportRuntime): S3Connection {
  let current = firstClient(access, timeouts);

  function moveTo(region: string | null, used: RegionalClient): boolean {
    if (region === null || region === used.region) return false;
    // A request that ran at the same time may have moved the client already.
    if (region !== current.region) current = clientIn(region, used, access);
    return true;
  }

  return {
    call(attempts, send) {
      let used = current;
      return sendWithRetries(
        {
          send: (options) => {
            used = current;
            return send(used.client, options);
          },
          classify,
          redirect: (cause) => moveTo(redirectRegion(cause), used),
        },
        { policy: { ...BASES, attempts, cap: CAP }, timeouts, runtime },
      );
    },
  };
}

/** A client and its region; `null` where the environment names it. */
interface RegionalClient {
  readonly client: S3Client;
  readonly region: string | null;
}

function firstClient(access: S3Access, timeouts: Timeouts): RegionalClient {
  const client = new S3Client({ ...access, ...ONE_MESSAGE, ...clientSettings(timeouts, S3_ANSWERS) });
  return { client, region: typeof access.region === "string" ? access.region : null };
}

/** The same connections and credentials, in another region. */
function clientIn(region: string, { client: { config } }: RegionalClient, access: S3Access): RegionalClient {
  const { requestHandler, credentials } = config;
  const settings = { ...access, ...ONE_MESSAGE, maxAttempts: 1, requestHandler, credentials, region };
  return { client: new S3Client(settings), region };
}

// A few megabytes are sent at once. "Expect: 100-continue" would cost a connection of its own, and 20 s where no server
// answers it.
const ONE_MESSAGE = { expectContinueHeader: false } satisfies S3ClientConfig;
