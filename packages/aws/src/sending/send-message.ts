import {
  clientSettings,
  DeadlineError,
  type FailureClass,
  failureClassOf,
  nameOf,
  type Send,
  type ServiceErrorClass,
  sendWithRetries,
  type Timeouts,
  transportRuntime,
} from "../transport/index.ts";
import type { MessageFailure } from "./message-outcome.ts";

/** Every message of a run has the same times: three attempts fit into a minute. */
export const messageTimeouts = (own: Partial<Timeouts> = {}): Timeouts => ({
  connection: own.connection ?? 3_000,
  request: own.request ?? 10_000,
});

/** An answer is the id of a message, or an error; in bytes. */
const LONGEST_ANSWER = 1 << 20;

/**
 * The settings of an SDK client that sends messages: one attempt, on a connection of its own. A connection that is kept may
 * be dead after a Lambda was frozen, and then nobody knows whether the next message was sent.
 */
export function messageClient(timeouts: Timeouts) {
  // Node says "Connection: close" only where the number of sockets has no limit.
  const agent = { keepAlive: false, maxSockets: Number.POSITIVE_INFINITY };
  return clientSettings(timeouts, {
    longestAnswer: LONGEST_ANSWER,
    agents: { httpAgent: agent, httpsAgent: agent },
  });
}

/** A middleware with these options is called when the signed request is given to the connection. */
const HAND_OVER = { name: "dapanoskopHandOver", step: "deserialize", priority: "low" } as const;

export type MessageResult<Answer> =
  | { readonly answered: true; readonly answer: Answer }
  | { readonly answered: false; readonly failure: MessageFailure };

/** The part of an SDK command that tells when its request leaves. */
interface ObservedCommand<Handler> {
  readonly middlewareStack: {
    add(middleware: (next: Handler) => Handler, options: typeof HAND_OVER): void;
  };
}

/**
 * Makes one attempt at a request that must not be done twice. Only a signature that was refused for a wrong clock is sent
 * again, by `sendWithRetries`: that refusal is certain. Never throws.
 */
export async function sendMessage<Answer, Request, Handled>(
  ofService: ServiceErrorClass,
  timeouts: Timeouts,
  command: ObservedCommand<(request: Request) => Handled>,
  send: Send<Answer>,
): Promise<MessageResult<Answer>> {
  let handedOver = false;
  command.middlewareStack.add(
    (next) => (request) => {
      handedOver = true;
      return next(request);
    },
    HAND_OVER,
  );
  const outcome = await sendWithRetries(
    { send, classify: (cause) => failureClassOf(cause, ofService) },
    {
      policy: { attempts: 1, throttledBase: 0, transientBase: 0, cap: 0 },
      timeouts,
      runtime: transportRuntime({}),
    },
  );
  if (outcome.answered) return outcome;
  const { cause, failureClass } = outcome.failed;
  return {
    answered: false,
    failure: { cause, kind: handedOver ? failureClass : unsentKind(cause, failureClass) },
  };
}

/** The request never left: no region, no endpoint, no answer of the provider of credentials. */
function unsentKind(cause: unknown, failureClass: FailureClass): MessageFailure["kind"] {
  if (failureClass !== "lost") return failureClass;
  return cause instanceof DeadlineError || nameOf(cause) === "TimeoutError" ? "unsent" : "misconfigured";
}
