/** The time for requests is over. */
export class DeadlineError extends Error {
  override readonly name = "DeadlineError";
  /** The request was on its way and was cut off: it may have been done. Else it was not sent. */
  readonly sent: boolean;

  constructor(sent: boolean) {
    super(
      sent
        ? "The time for requests ended before a whole answer arrived."
        : "No time was left to send the request.",
    );
    this.sent = sent;
  }
}

/** Sends one command with the options that it is given. */
export type Send<Answer> = (options: { readonly abortSignal: AbortSignal }) => Promise<Answer>;

/**
 * Makes one attempt of at most so many milliseconds, and never past the deadline. The timer also ends what the SDK does
 * not abort: fetching credentials, and a body that arrives a byte at a time.
 * @throws DeadlineError, a TimeoutError, or what `send` throws
 */
export async function sendWithin<Answer>(
  longest: number,
  timeLeft: number,
  send: Send<Answer>,
): Promise<Answer> {
  if (timeLeft <= 0) throw new DeadlineError(false);
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const end = () => {
      const reason = timeLeft < longest ? new DeadlineError(true) : timeoutError(longest);
      reject(reason);
      controller.abort(reason);
    };
    timer = setTimeout(end, Math.min(longest, timeLeft));
  });
  try {
    return await Promise.race([send({ abortSignal: controller.signal }), late]);
  } finally {
    clearTimeout(timer);
  }
}

function timeoutError(milliseconds: number): Error {
  const error = new Error(`No whole answer arrived within ${milliseconds} ms.`);
  error.name = "TimeoutError";
  return error;
}
